/** All unit tests in one process: most of them are over before a process of their own would have begun. */
import { readdirSync } from 'node:fs';
import { before } from 'node:test';

/** The first test waits: while files are read and compiled, no answer that it waits for could come in time. */
let begin = () => {};
before(() => new Promise<void>((resolve) => (begin = resolve)));

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' });
for (const file of files.filter((file) => file.endsWith('.test.ts')).sort()) await import(`./${file}`);
begin();
