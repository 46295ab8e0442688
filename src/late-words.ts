/** What visitors read when something went wrong, and in a window that has done its work. Few ever do. */
export interface LateWords {
  failed: string;
  /** The session has expired. */
  again: string;
  finished: string;
}

const en: LateWords = {
  failed: 'Signing in did not work. Please try again.',
  again: 'Log in again to continue.',
  finished: 'You can close this window.',
};

/** The languages of the element's other words. */
const languages = new Map<string, LateWords>([
  [
    'de',
    {
      failed: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
      again: 'Bitte melden Sie sich noch einmal an, um fortzufahren.',
      finished: 'Sie können dieses Fenster schließen.',
    },
  ],
  [
    'es',
    {
      failed: 'No se ha podido iniciar sesión. Inténtelo de nuevo.',
      again: 'Vuelva a iniciar sesión para continuar.',
      finished: 'Puede cerrar esta ventana.',
    },
  ],
  [
    'fr',
    {
      failed: 'La connexion a échoué. Veuillez réessayer.',
      again: 'Veuillez vous reconnecter pour continuer.',
      finished: 'Vous pouvez fermer cette fenêtre.',
    },
  ],
  [
    'it',
    {
      failed: 'Accesso non riuscito. Riprova.',
      again: 'Acceda di nuovo per continuare.',
      finished: 'Può chiudere questa finestra.',
    },
  ],
  [
    'ja',
    {
      failed: 'ログインできませんでした。もう一度お試しください。',
      again: '続けるには、もう一度ログインしてください。',
      finished: 'このウィンドウを閉じてください。',
    },
  ],
  [
    'nl',
    {
      failed: 'Inloggen is niet gelukt. Probeer het opnieuw.',
      again: 'Log opnieuw in om verder te gaan.',
      finished: 'U kunt dit venster sluiten.',
    },
  ],
  [
    'pt',
    {
      failed: 'Não foi possível entrar. Tente novamente.',
      again: 'Inicie sessão novamente para continuar.',
      finished: 'Pode fechar esta janela.',
    },
  ],
]);

/** @param lang a BCP 47 language tag; an unknown language is English */
export const lateWordsFor = (lang: string): LateWords =>
  languages.get(lang.toLowerCase().split('-')[0]!) ?? en;
