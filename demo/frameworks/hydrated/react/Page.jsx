import { StrictMode, useState } from 'react';
import { GenesysAuthMessenger } from 'genesys-auth-messenger/react';

/** @param {{settings: Record<string, string>}} props */
export function Page({ settings }) {
  const [shown, setShown] = useState(true);
  const [label, setLabel] = useState('Log in from React');
  const [heard, setHeard] = useState([]);
  const hear = ({ type }) => setHeard((before) => [...before, type]);

  return (
    <StrictMode>
      {shown && (
        <GenesysAuthMessenger
          {...settings}
          loginLabel={label}
          onSignedIn={hear}
          onSignInFailed={hear}
          onLoggedOut={hear}
          onStatusChange={hear}
        />
      )}
      <p>
        <button onClick={() => setShown(!shown)}>{shown ? 'Take away' : 'Put back'}</button>{' '}
        <button onClick={() => setLabel('Log in, renamed')}>Rename</button>
      </p>
      <p>
        Heard: <output>{heard.join(' ')}</output>
      </p>
    </StrictMode>
  );
}
