/** What visitors read: the buttons' labels, and the status text by status. */
export interface Words {
  login: string;
  logout: string;
  'signing-in': string;
  'signing-out': string;
  failed: string;
  finished: string;
  [silent: string]: string | undefined;
}

type Row = [
  login: string,
  logout: string,
  signingIn: string,
  signingOut: string,
  failed: string,
  finished: string,
];

const en: Row = [
  'Log in',
  'Log out',
  'Signing in…',
  'Signing out…',
  'Signing in did not work. Please try again.',
  'You can close this window.',
];

/** The rest of the world's languages come by attribute and slot. */
const languages: Record<string, Row> = {
  de: [
    'Anmelden',
    'Abmelden',
    'Anmeldung läuft…',
    'Abmeldung läuft…',
    'Die Anmeldung hat nicht geklappt. Bitte noch einmal versuchen.',
    'Sie können dieses Fenster schließen.',
  ],
  es: [
    'Iniciar sesión',
    'Cerrar sesión',
    'Iniciando sesión…',
    'Cerrando sesión…',
    'No se ha podido iniciar sesión. Inténtelo de nuevo.',
    'Puede cerrar esta ventana.',
  ],
  fr: [
    'Se connecter',
    'Se déconnecter',
    'Connexion…',
    'Déconnexion…',
    'La connexion a échoué. Veuillez réessayer.',
    'Vous pouvez fermer cette fenêtre.',
  ],
  it: [
    'Accedi',
    'Esci',
    'Accesso in corso…',
    'Uscita in corso…',
    'Accesso non riuscito. Riprova.',
    'Può chiudere questa finestra.',
  ],
  ja: [
    'ログイン',
    'ログアウト',
    'ログイン中…',
    'ログアウト中…',
    'ログインできませんでした。もう一度お試しください。',
    'このウィンドウを閉じてください。',
  ],
  nl: [
    'Inloggen',
    'Uitloggen',
    'Bezig met inloggen…',
    'Bezig met uitloggen…',
    'Inloggen is niet gelukt. Probeer het opnieuw.',
    'U kunt dit venster sluiten.',
  ],
  pt: [
    'Entrar',
    'Sair',
    'Entrando…',
    'Saindo…',
    'Não foi possível entrar. Tente novamente.',
    'Pode fechar esta janela.',
  ],
};

/** @param lang a BCP 47 language tag; an unknown language is English */
export function wordsFor(lang: string): Words {
  const [login, logout, signingIn, signingOut, failed, finished] =
    languages[lang.toLowerCase().split('-')[0]!] ?? en;
  return { login, logout, 'signing-in': signingIn, 'signing-out': signingOut, failed, finished };
}
