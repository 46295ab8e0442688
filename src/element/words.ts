/** What visitors read from the start. What they read when something has failed comes later: late-words.ts. */
export interface Words {
  login: string;
  logout: string;
  busy: string;
}

/** The rest of the world's languages come by attribute and slot. */
const languages: Record<string, [login: string, logout: string, busy: string]> = {
  de: ['Anmelden', 'Abmelden', 'Einen Moment…'],
  en: ['Log in', 'Log out', 'One moment…'],
  es: ['Iniciar sesión', 'Cerrar sesión', 'Un momento…'],
  fr: ['Se connecter', 'Se déconnecter', 'Un instant…'],
  it: ['Accedi', 'Esci', 'Un momento…'],
  ja: ['ログイン', 'ログアウト', 'お待ちください…'],
  nl: ['Inloggen', 'Uitloggen', 'Een ogenblik…'],
  pt: ['Entrar', 'Sair', 'Um momento…'],
};

/** @param lang a BCP 47 language tag; an unknown language is English */
export function wordsFor(lang: string): Words {
  const language = lang.toLowerCase().split('-')[0]!;
  const [login, logout, busy] = languages[Object.hasOwn(languages, language) ? language : 'en']!;
  return { login, logout, busy };
}
