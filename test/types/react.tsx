// The tag in JSX; compiled against React 18's types and React 19's by test/unit/editor-data.test.ts, never run.
import type {} from 'genesys-auth-messenger/react';
import { useRef } from 'react';
import type { GenesysAuthMessenger } from 'genesys-auth-messenger';

export function Chat() {
  const element = useRef<GenesysAuthMessenger>(null);
  return (
    <genesys-auth-messenger
      ref={element}
      className="chat"
      deployment-id="6b1f"
      issuer="https://login.brand.example"
      clientId="web"
      mode="popup"
      silent
      max-age={300}
      authorize={async () => ({ authCode: 'code', redirectUri: 'https://brand.example/' })}
      onsignedIn={({ detail }) => detail.restored satisfies boolean}
      onsign-in-failed={({ detail }) => detail.hint.length}
    >
      <span slot="login">Sign in</span>
    </genesys-auth-messenger>
  );
}

export function Wrong() {
  return (
    <>
      {/* @ts-expect-error: no such mode */}
      <genesys-auth-messenger mode="window" />
      {/* @ts-expect-error: not what it is called */}
      <genesys-auth-messenger issuerUrl="https://login.brand.example" />
    </>
  );
}
