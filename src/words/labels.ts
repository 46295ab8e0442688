/**
 * The two labels in every language: they are seen first, so they stand in the file that every visitor
 * downloads. One line a language: its tag, the label of the login button, the label of the logout button.
 */
export const labels = `
ar|تسجيل الدخول|تسجيل الخروج
bg|Вход|Изход
cs|Přihlásit se|Odhlásit se
da|Log ind|Log ud
de|Anmelden|Abmelden
el|Σύνδεση|Αποσύνδεση
en|Log in|Log out
es|Iniciar sesión|Cerrar sesión
et|Logi sisse|Logi välja
fi|Kirjaudu sisään|Kirjaudu ulos
fr|Se connecter|Se déconnecter
he|התחברות|התנתקות
hr|Prijava|Odjava
hu|Bejelentkezés|Kijelentkezés
id|Masuk|Keluar
it|Accedi|Esci
ja|ログイン|ログアウト
ko|로그인|로그아웃
lt|Prisijungti|Atsijungti
lv|Pieslēgties|Atslēgties
nb|Logg inn|Logg ut
nl|Inloggen|Uitloggen
pl|Zaloguj się|Wyloguj się
pt|Entrar|Sair
pt-PT|Iniciar sessão|Terminar sessão
ro|Autentificare|Deconectare
ru|Войти|Выйти
sk|Prihlásiť sa|Odhlásiť sa
sl|Prijava|Odjava
sv|Logga in|Logga ut
th|เข้าสู่ระบบ|ออกจากระบบ
tr|Giriş yap|Çıkış yap
uk|Увійти|Вийти
vi|Đăng nhập|Đăng xuất
zh|登录|退出登录
zh-Hant|登入|登出
`;
