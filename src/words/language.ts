import { labels } from './labels.js';
import type { Labels } from './sentences.js';

/** @param lang a language tag, as pages write it: the longest of ours that it begins with serves (RFC 4647 §3.4), else English */
export function labelsIn(lang: string): Labels & { tag: string } {
  let wanted = lang
    // Also a locale as systems write it: `pt_BR`.
    .replace(/[^a-z\d]/gi, '-')
    // Places where Chinese is written the traditional way, and the two forms of Norwegian.
    .replace(/^zh-(tw|hk|mo)/i, 'zh-Hant')
    .replace(/^n[no]\b/i, 'nb');
  for (;;) {
    const line = new RegExp(`^(${wanted || 'en'})\\|(.*)\\|(.*)`, 'im').exec(labels);
    if (line) return { tag: line[1]!, login: line[2]!, logout: line[3]! };
    wanted = wanted.replace(/-?[^-]*$/, '');
  }
}
