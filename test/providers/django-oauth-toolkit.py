# A project as `django-admin startproject` makes it, with django-oauth-toolkit and the login page of Django.
import json
import os
import sys
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

given = json.loads(os.environ["INSTALLATION"])


page = """<!doctype html><html lang="en"><title>Log in</title><form method="post">{% csrf_token %}{{ form }}
  <input type="hidden" name="next" value="{{ next }}"><button>Log in</button></form></html>"""

settings.configure(
    SECRET_KEY=given["secret"],
    ALLOWED_HOSTS=[urlsplit(given["origin"]).hostname],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": page})],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": given["database"]}},
    USE_TZ=True,
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": given["key"],
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
        "SCOPES": {scope: scope for scope in ["openid", "profile", "email"]},
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.views import LoginView, LogoutView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    # By itself an ID token has no claim about the visitor but `sub`.
    def get_additional_claims(self, request):
        return {"name": request.user.get_full_name()}

    # Without these two, prompt=none is an internal error. The view has asked for the login before.
    def validate_silent_login(self, request):
        return True

    def validate_silent_authorization(self, request):
        return True


# After a logout the visitor may go back there.
sites = {urlsplit(given["redirectUri"]).netloc}
urlpatterns = [
    path("accounts/login/", LoginView.as_view()),
    path("accounts/logout/", LogoutView.as_view(success_url_allowed_hosts=sites)),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

call_command("migrate", verbosity=0)
account = given["account"]
first, last = account["name"].split()
User.objects.create_user(
    account["login"], account["email"], account["password"], first_name=first, last_name=last
)
Application.objects.create(
    client_id=given["client"]["id"],
    client_secret=given["client"]["secret"],
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    redirect_uris=given["redirectUri"],
    algorithm=Application.RS256_ALGORITHM,
    skip_authorization=True,
)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


with make_server("127.0.0.1", given["port"], get_wsgi_application(), handler_class=Quiet) as server:
    print("ready", file=sys.stderr, flush=True)
    server.serve_forever()
