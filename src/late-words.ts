/** What visitors read when something went wrong, and in a window that has done its work. Few ever do. */
export interface LateWords {
  failed: string;
  finished: string;
}

const en: LateWords = {
  failed: 'Signing in did not work. Please try again.',
  finished: 'You can close this window.',
};

/** The languages of the element's other words. */
const languages = new Map<string, LateWords>([
  [
    'de',
    {
      failed: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
      finished: 'Sie können dieses Fenster schließen.',
    },
  ],
  [
    'es',
    {
      failed: 'No se ha podido iniciar sesión. Inténtelo de nuevo.',
      finished: 'Puede cerrar esta ventana.',
    },
  ],
  [
    'fr',
    {
      failed: 'La connexion a échoué. Veuillez réessayer.',
      finished: 'Vous pouvez fermer cette fenêtre.',
    },
  ],
  ['it', { failed: 'Accesso non riuscito. Riprova.', finished: 'Può chiudere questa finestra.' }],
  [
    'ja',
    {
      failed: 'ログインできませんでした。もう一度お試しください。',
      finished: 'このウィンドウを閉じてください。',
    },
  ],
  [
    'nl',
    {
      failed: 'Inloggen is niet gelukt. Probeer het opnieuw.',
      finished: 'U kunt dit venster sluiten.',
    },
  ],
  ['pt', { failed: 'Não foi possível entrar. Tente novamente.', finished: 'Pode fechar esta janela.' }],
]);

/** @param lang a BCP 47 language tag; an unknown language is English */
export const lateWordsFor = (lang: string): LateWords =>
  languages.get(lang.toLowerCase().split('-')[0]!) ?? en;
