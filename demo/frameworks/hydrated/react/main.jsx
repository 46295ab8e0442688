import { hydrateRoot } from 'react-dom/client';
import { settings } from '../../settings.js';
import { Page } from './Page.jsx';

hydrateRoot(document.querySelector('#app'), <Page settings={settings} />);
