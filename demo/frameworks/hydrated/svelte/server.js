import { render as renderOnServer } from 'svelte/server';
import App from '../../svelte/App.svelte';

export const render = () => renderOnServer(App).body;
