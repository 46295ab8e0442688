/** What visitors read. The rest of the world's languages come by attribute and slot. */
export interface Words {
  login: string;
  logout: string;
  signingIn: string;
  signingOut: string;
  signedIn: string;
  failed: string;
}

const en = [
  'Log in',
  'Log out',
  'Signing in …',
  'Signing out …',
  'Signed in',
  'Signing in did not work. Please try again.',
];

const languages: Record<string, string[]> = {
  en,
  de: [
    'Anmelden',
    'Abmelden',
    'Anmeldung läuft …',
    'Abmeldung läuft …',
    'Angemeldet',
    'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  ],
  es: [
    'Iniciar sesión',
    'Cerrar sesión',
    'Iniciando sesión …',
    'Cerrando sesión …',
    'Sesión iniciada',
    'No se ha podido iniciar sesión. Inténtelo de nuevo.',
  ],
  fr: [
    'Se connecter',
    'Se déconnecter',
    'Connexion en cours …',
    'Déconnexion en cours …',
    'Connecté',
    'La connexion a échoué. Veuillez réessayer.',
  ],
  it: [
    'Accedi',
    'Esci',
    'Accesso in corso …',
    'Uscita in corso …',
    'Accesso eseguito',
    'Accesso non riuscito. Riprova.',
  ],
  ja: [
    'ログイン',
    'ログアウト',
    'ログイン中…',
    'ログアウト中…',
    'ログインしました',
    'ログインできませんでした。もう一度お試しください。',
  ],
  nl: [
    'Inloggen',
    'Uitloggen',
    'Bezig met inloggen …',
    'Bezig met uitloggen …',
    'Ingelogd',
    'Inloggen is niet gelukt. Probeer het opnieuw.',
  ],
  pt: [
    'Iniciar sessão',
    'Terminar sessão',
    'A iniciar sessão …',
    'A terminar sessão …',
    'Sessão iniciada',
    'Não foi possível iniciar sessão. Tente novamente.',
  ],
};

/** @param lang a BCP 47 language tag; an unknown language is English */
export function wordsFor(lang: string): Words {
  const [login, logout, signingIn, signingOut, signedIn, failed] = (languages[
    lang.toLowerCase().split('-')[0]!
  ] ?? en) as [string, string, string, string, string, string];
  return { login, logout, signingIn, signingOut, signedIn, failed };
}
