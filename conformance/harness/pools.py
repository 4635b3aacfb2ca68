"""User pools: an issuer of our own, which signs anything, and cognito-local, a real one on this machine."""

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import time

import boto3
from botocore.config import Config
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .backend import Answer, Backend
from .process import REPOSITORY, Output, target_directory

ACCOUNT = "000000000000"
START_DEADLINE = 60
LOCAL_ISSUER = "http://pool.test"


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def arn(pool, region="us-east-1"):
    return f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{pool}"


class Key:
    """An RSA key and what an issuer publishes of it."""

    def __init__(self, kid, bits=2048):
        self.kid, self.private = kid, rsa.generate_private_key(65537, bits)

    @property
    def jwk(self):
        public = self.private.public_key().public_numbers()
        number = lambda value: encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))
        return {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.kid, "n": number(public.n), "e": number(public.e)}

    def sign(self, header, payload):
        """A token of these parts, signed with RS256 whatever the header says."""
        signed = f"{encode(json.dumps(header).encode())}.{encode(json.dumps(payload).encode())}"
        signature = self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{encode(signature)}"


class Issuer:
    """Any number of user pools with one key set, served wherever one asks. `backend.answers` makes it slow or broken."""

    def __init__(self):
        self.backend = Backend()
        self.url = self.backend.url
        self.key = Key("first")
        self.publish(self.key)

    def publish(self, *keys):
        self.backend.default = Answer(body=json.dumps({"keys": [key.jwk for key in keys]}).encode())

    def fail(self, status=503):
        self.backend.default = Answer(status=status, body=b"no")

    def claims(self, pool, **changes):
        """What an ID token of the pool says; None leaves a claim out."""
        now = int(time.time())
        usual = {"sub": "me", "aud": "client", "token_use": "id", "iss": f"{self.url}/{pool}", "cognito:username": "ann",
                 "auth_time": now, "iat": now, "exp": now + 3600}
        return {name: value for name, value in {**usual, **changes}.items() if value is not None}

    def id_token(self, pool, key=None, header=None, **changes):
        key = key or self.key
        return key.sign({"kid": key.kid, "alg": "RS256", **(header or {})}, self.claims(pool, **changes))

    def access_token(self, pool, scope, **changes):
        usual = {"aud": None, "client_id": "client", "token_use": "access", "scope": scope}
        return self.id_token(pool, **{**usual, **changes})

    def forged_with_secret(self, pool):
        """HS256 with what everybody can read of the public key."""
        secret = json.dumps(self.key.jwk).encode()
        header, payload = {"kid": self.key.kid, "alg": "HS256"}, self.claims(pool)
        signed = f"{encode(json.dumps(header).encode())}.{encode(json.dumps(payload).encode())}"
        return f"{signed}.{encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"

    def close(self):
        self.backend.close()


class CognitoLocal:
    """cognito-local with an empty folder. Its tokens name LOCAL_ISSUER, whatever port it has."""

    def __init__(self, folder):
        home = target_directory() / "user-pools"
        subprocess.run(["sh", str(REPOSITORY / "scripts/user-pools.sh"), str(home)], check=True, timeout=600)
        (folder / ".cognito").mkdir(parents=True)
        config = {"TokenConfig": {"IssuerDomain": LOCAL_ISSUER}, "ServerConfig": {"hostname": "127.0.0.1", "port": 0}}
        (folder / ".cognito/config.json").write_text(json.dumps(config))
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        # CODE is what it asks of people who confirm that they signed up.
        self.process = subprocess.Popen(
            ["node", str(home / "node_modules/.bin/cognito-local")], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**clean, "CODE": "1234"}, start_new_session=True)
        self.output = Output(self.process.stdout)
        self.url = self.output.wait_for(r"running on (http://127\.0\.0\.1:\d+)", START_DEADLINE).group(1)
        self.client = boto3.client(
            "cognito-idp", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="local",
            aws_secret_access_key="local", config=Config(retries={"total_max_attempts": 1}))

    def pool(self):
        """The ids of a new pool and of a client that may sign people in."""
        pool = self.client.create_user_pool(PoolName="people")["UserPool"]["Id"]
        assert re.fullmatch(r"\w+", pool), pool
        made = self.client.create_user_pool_client(UserPoolId=pool, ClientName="app")
        return pool, made["UserPoolClient"]["ClientId"]

    def sign_up(self, client, name, password="Secret-1234"):
        """Signs somebody up and in; returns the tokens."""
        self.client.sign_up(ClientId=client, Username=name, Password=password,
                            UserAttributes=[{"Name": "email", "Value": name}])
        self.client.confirm_sign_up(ClientId=client, Username=name, ConfirmationCode="1234")
        done = self.client.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH",
                                         AuthParameters={"USERNAME": name, "PASSWORD": password})
        return done["AuthenticationResult"]

    def stop(self):
        self.process.kill()
        self.process.wait(20)
