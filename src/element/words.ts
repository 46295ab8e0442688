/** What visitors read: the buttons' labels, and the status text. */
export interface Words {
  login: string;
  logout: string;
  busy: string;
  failed: string;
  finished: string;
}

type Row = [login: string, logout: string, busy: string, failed: string, finished: string];

const en: Row = [
  'Log in',
  'Log out',
  'One moment…',
  'Signing in did not work. Please try again.',
  'You can close this window.',
];

/** The rest of the world's languages come by attribute and slot. */
const languages: Record<string, Row> = {
  de: [
    'Anmelden',
    'Abmelden',
    'Einen Moment…',
    'Die Anmeldung hat nicht geklappt. Bitte noch einmal versuchen.',
    'Sie können dieses Fenster schließen.',
  ],
  es: [
    'Iniciar sesión',
    'Cerrar sesión',
    'Un momento…',
    'No se ha podido iniciar sesión. Inténtelo de nuevo.',
    'Puede cerrar esta ventana.',
  ],
  fr: [
    'Se connecter',
    'Se déconnecter',
    'Un instant…',
    'La connexion a échoué. Veuillez réessayer.',
    'Vous pouvez fermer cette fenêtre.',
  ],
  it: ['Accedi', 'Esci', 'Un momento…', 'Accesso non riuscito. Riprova.', 'Può chiudere questa finestra.'],
  ja: [
    'ログイン',
    'ログアウト',
    'お待ちください…',
    'ログインできませんでした。もう一度お試しください。',
    'このウィンドウを閉じてください。',
  ],
  nl: [
    'Inloggen',
    'Uitloggen',
    'Een ogenblik…',
    'Inloggen is niet gelukt. Probeer het opnieuw.',
    'U kunt dit venster sluiten.',
  ],
  pt: [
    'Entrar',
    'Sair',
    'Um momento…',
    'Não foi possível entrar. Tente novamente.',
    'Pode fechar esta janela.',
  ],
};

/** @param lang a BCP 47 language tag; an unknown language is English */
export function wordsFor(lang: string): Words {
  const [login, logout, busy, failed, finished] = languages[lang.toLowerCase().split('-')[0]!] ?? en;
  return { login, logout, busy, failed, finished };
}
