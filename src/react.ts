'use client';
import { type EventName, createComponent } from '@lit/react';
import * as React from 'react';
import { begin } from './begin.js';
import { GenesysAuthMessenger as Element, type GenesysAuthMessengerEvents as Events } from './index.js';

if (globalThis.document) begin();

const Tag = createComponent({
  react: React,
  tagName: 'genesys-auth-messenger',
  elementClass: Element,
  events: {
    onSignedIn: 'signedIn' as EventName<Events['signedIn']>,
    onSignInFailed: 'signInFailed' as EventName<Events['signInFailed']>,
    onLoggedOut: 'loggedOut' as EventName<Events['loggedOut']>,
    onStatusChange: 'statusChange' as EventName<Events['statusChange']>,
  },
});

/**
 * The element as a component of React 17 or newer: attributes as properties in camelCase, handlers as `onSignedIn`. They and
 * `authorize` are set in an effect, so they are there after hydration, too. React itself binds no event of a custom element
 * that a server has rendered.
 */
export const GenesysAuthMessenger = React.forwardRef((props, ref) => {
  // What a server has rendered has no attributes: it is defined when the properties are there.
  React.useEffect(() => void Element.define(), []);
  return React.createElement(Tag, { ...props, ref });
}) as typeof Tag;
GenesysAuthMessenger.displayName = 'GenesysAuthMessenger';
