//! Security schemes with `x-amazon-apigateway-authorizer` into authorizers.

use std::collections::BTreeMap;

use stagedoor_model::{
    Authorizer, AuthorizerType, JwtAdditionalClaim, JwtAlgorithm, JwtClaimFormat, JwtConfiguration, JwtIssuer,
};

use super::{Element, Import};
use crate::Version;
use crate::node::{Entry, Node};

pub(super) const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";
pub(super) const AUTH_TYPE: &str = "x-amazon-apigateway-authtype";
const WORDS: [&str; 8] = [
    "type",
    "authorizerUri",
    "authorizerCredentials",
    "identitySource",
    "identityValidationExpression",
    "authorizerResultTtlInSeconds",
    "providerARNs",
    "jwtConfiguration",
];
/// Words of HTTP APIs' authorizers; exports of REST APIs do not have them, hand-written documents do.
const OF_HTTP_APIS: [&str; 2] = ["authorizerPayloadFormatVersion", "enableSimpleResponses"];

impl<'a> Import<'a> {
    /// One for each scheme with the extension, whether a method uses it or not.
    pub(super) fn apply_authorizers(&mut self) {
        let known = self.tree.authorizers.clone();
        if self.overwrites() {
            self.tree.authorizers = BTreeMap::new();
        }
        for entry in self.schemes() {
            let Some(scheme) = self.reading.resolve(&entry.value) else { continue };
            if !self.reading.is_object(scheme) {
                continue;
            }
            for key in ["type", "name", "in"] {
                self.reading.text(scheme, key);
            }
            if scheme.entry(AUTHORIZER).is_none() {
                continue;
            }
            let known = known.values().find(|authorizer| authorizer.name == entry.key);
            let id = known.map_or_else(|| self.entropy.id(6), |known| known.id.clone());
            if let Some(authorizer) = self.authorizer(id, &entry.key, scheme) {
                self.describe_authorizer(&entry.key, scheme);
                self.places.insert(Element::Authorizer(entry.key.clone()), entry.place);
                self.tree.authorizers.insert(authorizer.id.clone(), authorizer);
            }
        }
    }

    /// The document's security schemes.
    pub(super) fn schemes(&mut self) -> &'a [Entry] {
        let root = self.root();
        match self.version {
            Version::Swagger2 => self.reading.entries(root, "securityDefinitions"),
            Version::OpenApi3 | Version::OpenApi31 => {
                let components = self.reading.object(root, "components");
                components
                    .map(|components| self.reading.entries(components, "securitySchemes"))
                    .unwrap_or_default()
            }
        }
    }

    fn authorizer(&mut self, id: String, name: &str, scheme: &'a Node) -> Option<Authorizer> {
        let node = self.reading.object(scheme, AUTHORIZER)?;
        self.warn_about_words(name, node);
        let text = self.reading.text(node, "type").unwrap_or_default();
        let Some(authorizer_type) = AuthorizerType::parse(&text.to_uppercase()) else {
            self.fail_authorizer(name, node, &format!("Invalid authorizer type '{text}'"));
            return None;
        };
        Some(Authorizer {
            auth_type: self.reading.text(scheme, AUTH_TYPE),
            provider_arns: self.reading.texts(node, "providerARNs"),
            uri: self.reading.text(node, "authorizerUri"),
            credentials: self.reading.text(node, "authorizerCredentials"),
            identity_source: self.identity_source(authorizer_type, scheme, node),
            identity_validation_expression: self.reading.text(node, "identityValidationExpression"),
            result_ttl_seconds: self.result_ttl(name, node),
            jwt: self.jwt(name, node),
            ..Authorizer::new(id, name.to_owned(), authorizer_type)
        })
    }

    fn warn_about_words(&mut self, name: &str, node: &'a Node) {
        for entry in node.entries().iter().filter(|entry| !WORDS.contains(&entry.key.as_str())) {
            let whose = if OF_HTTP_APIS.contains(&entry.key.as_str()) { ", a word of HTTP APIs" } else { "" };
            let message = format!("Ignoring '{}' of the authorizer '{name}'{whose}", entry.key);
            self.reading.warn(entry.place, message);
        }
    }

    /// Of TOKEN and COGNITO_USER_POOLS authorizers the scheme itself names the header.
    fn identity_source(&mut self, kind: AuthorizerType, scheme: &'a Node, node: &'a Node) -> Option<String> {
        let given = self.reading.text(node, "identitySource");
        match kind {
            AuthorizerType::Request | AuthorizerType::Jwt => given,
            AuthorizerType::Token | AuthorizerType::CognitoUserPools => given.or_else(|| {
                let name = self.reading.text(scheme, "name")?;
                Some(format!("method.request.header.{name}"))
            }),
        }
    }

    fn result_ttl(&mut self, name: &str, node: &'a Node) -> Option<u32> {
        let given = &node.entry("authorizerResultTtlInSeconds")?.value;
        let longest = Authorizer::MAX_TTL_SECONDS;
        let seconds = given.as_u64().and_then(|seconds| u32::try_from(seconds).ok());
        let seconds = seconds.filter(|seconds| *seconds <= longest);
        if seconds.is_none() {
            self.fail_authorizer(
                name,
                given,
                &format!("Authorizer result TTL must be between 0 and {longest}"),
            );
        }
        seconds
    }

    fn jwt(&mut self, name: &str, node: &'a Node) -> Option<JwtConfiguration> {
        let node = self.reading.object(node, "jwtConfiguration")?;
        if node.entry("issuer").is_some() || node.entry("audience").is_some() {
            let reason = "a jwtConfiguration with one issuer is for HTTP APIs; REST APIs list 'issuers'";
            self.fail_authorizer(name, node, reason);
        }
        let issuers = self.reading.items(node, "issuers").iter();
        let issuers = issuers.filter_map(|issuer| self.jwt_issuer(name, issuer)).collect();
        let algorithms = self.reading.texts(node, "defaultAlgorithms").into_iter();
        let algorithms = algorithms.filter_map(|text| self.algorithm(name, node, &text)).collect();
        Some(JwtConfiguration { issuers, default_algorithms: algorithms })
    }

    fn algorithm(&mut self, name: &str, node: &'a Node, text: &str) -> Option<JwtAlgorithm> {
        let found = JwtAlgorithm::parse(text);
        if found.is_none() {
            self.fail_authorizer(name, node, &format!("Invalid algorithm '{text}'"));
        }
        found
    }

    fn jwt_issuer(&mut self, name: &str, node: &'a Node) -> Option<JwtIssuer> {
        if !self.reading.is_object(node) {
            return None;
        }
        let claims = self.reading.items(node, "additionalClaims").iter();
        Some(JwtIssuer {
            additional_claims: claims.filter_map(|claim| self.jwt_claim(name, claim)).collect(),
            issuer: self.reading.text(node, "issuer").unwrap_or_default(),
            audiences: self.reading.texts(node, "audiences"),
        })
    }

    fn jwt_claim(&mut self, name: &str, node: &'a Node) -> Option<JwtAdditionalClaim> {
        if !self.reading.is_object(node) {
            return None;
        }
        let text = self.reading.text(node, "format").unwrap_or_default();
        let Some(format) = JwtClaimFormat::parse(&text.to_uppercase()) else {
            self.fail_authorizer(name, node, &format!("Invalid claim format '{text}'"));
            return None;
        };
        Some(JwtAdditionalClaim {
            claim_name: self.reading.text(node, "claimName").unwrap_or_default(),
            format,
            required: self.reading.flag(node, "required"),
            expected_values: self.reading.texts(node, "expectedValues"),
        })
    }

    fn fail_authorizer(&mut self, name: &str, node: &Node, reason: &str) {
        self.reading.fail(node.place, format!("Unable to create authorizer '{name}': {reason}"));
    }
}
