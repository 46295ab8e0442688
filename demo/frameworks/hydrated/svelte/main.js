import { hydrate } from 'svelte';
import App from '../../svelte/App.svelte';

hydrate(App, { target: document.querySelector('#app') });
