import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { settings } from '../settings.js';

function Page() {
  const [shown, setShown] = useState(true);
  const [label, setLabel] = useState('Log in from React');
  const [heard, setHeard] = useState([]);
  const hear = ({ type }) => setHeard((before) => [...before, type]);

  // In the browser only, and after the first render: what was set before is not lost.
  useEffect(() => void import('genesys-auth-messenger/define'), []);

  return (
    <>
      {shown && (
        <genesys-auth-messenger
          deployment-id={settings.deploymentId}
          environment={settings.environment}
          issuer={settings.issuer}
          client-id={settings.clientId}
          ref={(element) => {
            if (element) element.loginLabel = label;
          }}
          onsignedIn={hear}
          onsignInFailed={hear}
          onloggedOut={hear}
          onstatusChange={hear}
        />
      )}
      <p>
        <button onClick={() => setShown(!shown)}>{shown ? 'Take away' : 'Put back'}</button>{' '}
        <button onClick={() => setLabel('Log in, renamed')}>Rename</button>
      </p>
      <p>
        Heard: <output>{heard.join(' ')}</output>
      </p>
    </>
  );
}

createRoot(document.querySelector('#app')).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
