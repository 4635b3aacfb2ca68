//! Security requirements into authorization types, authorizers and API keys.
//!
//! An operation's own requirements replace those of the whole document. What is written wrongly fails the import: leaving
//! it out would open the method.

use stagedoor_model::{AuthorizationType, Authorizer, AuthorizerType, Method};

use super::Import;
use super::authorizers::{AUTH_TYPE, AUTHORIZER};
use crate::node::{Entry, Node};

/// What a security scheme means for a method that lists it.
enum Scheme {
    ApiKey,
    SigV4,
    /// An authorizer, by its id.
    Authorizer(String, AuthorizationType),
    /// Nothing that API Gateway enforces.
    None,
}

impl<'a> Import<'a> {
    /// The operation's requirements, or those of the whole document when it has none of its own.
    pub(super) fn apply_security(&mut self, method: &mut Method, operation: &'a Node) {
        let holder = if operation.get("security").is_some() { operation } else { self.root() };
        for requirement in self.reading.items(holder, "security") {
            if self.reading.is_object(requirement) {
                requirement
                    .entries()
                    .iter()
                    .for_each(|entry| self.require(method, holder, requirement, entry));
            }
        }
        self.apply_auth(method, operation);
    }

    fn require(&mut self, method: &mut Method, holder: &'a Node, requirement: &'a Node, entry: &'a Entry) {
        let scopes = self.reading.texts(requirement, &entry.key);
        let (kind, id) = match self.scheme(entry) {
            Scheme::ApiKey => return method.api_key_required = true,
            Scheme::None => return,
            Scheme::SigV4 => (AuthorizationType::AwsIam, None),
            Scheme::Authorizer(id, kind) => (kind, Some(id)),
        };
        if method.authorization_type != AuthorizationType::None {
            if (method.authorization_type, &method.authorizer_id) != (kind, &id) {
                self.warn_about_second(holder, entry);
            }
            return;
        }
        method.authorization_type = kind;
        method.authorizer_id = id;
        method.authorization_scopes = scopes;
    }

    /// A method has one way of authorization beside the API key.
    fn warn_about_second(&mut self, holder: &'a Node, entry: &'a Entry) {
        let whose = if std::ptr::eq(holder, self.root()) { "the document" } else { "the method" };
        let message =
            format!("Ignoring security scheme '{}': {whose} names another one before it", entry.key);
        self.reading.warn(entry.place, message);
    }

    fn apply_auth(&mut self, method: &mut Method, operation: &'a Node) {
        let Some(auth) = self.reading.object(operation, "x-amazon-apigateway-auth") else { return };
        let text = self.reading.text(auth, "type").unwrap_or_default();
        match AuthorizationType::parse(&text.to_uppercase()) {
            Some(kind @ (AuthorizationType::None | AuthorizationType::AwsIam)) => {
                method.authorization_type = kind;
                method.authorizer_id = None;
                method.authorization_scopes.clear();
            }
            _ => self.reading.fail(
                auth.place,
                format!("Invalid x-amazon-apigateway-auth type '{text}'. Valid options are NONE,AWS_IAM"),
            ),
        }
    }

    fn scheme(&mut self, requirement: &'a Entry) -> Scheme {
        let name = &requirement.key;
        let known = self.tree.authorizer_named(name).map(as_scheme);
        let scheme = self.schemes().iter().find(|entry| entry.key == *name).map(|entry| &entry.value);
        let Some(scheme) = scheme else {
            // A merged document may name what the API already has.
            return known.unwrap_or_else(|| {
                self.reading.fail(requirement.place, format!("No security scheme is named '{name}'"));
                Scheme::None
            });
        };
        let Some(scheme) = self.reading.resolve(scheme) else { return Scheme::None };
        if scheme.entry(AUTHORIZER).is_some() {
            // Without one its extension is wrong, which has been said.
            return known.unwrap_or(Scheme::None);
        }
        if let Some(plain) = self.plain_scheme(scheme) {
            return plain;
        }
        // A merged export without authorizers opens none of the API's methods.
        known.unwrap_or_else(|| self.unenforced(requirement, scheme))
    }

    /// What needs no authorizer.
    fn plain_scheme(&mut self, scheme: &'a Node) -> Option<Scheme> {
        let mut text = |key: &str| self.reading.text(scheme, key).unwrap_or_default();
        if text(AUTH_TYPE).eq_ignore_ascii_case("awsSigv4") {
            return Some(Scheme::SigV4);
        }
        let is_header = text("type") == "apiKey" && text("in") == "header";
        (is_header && text("name").eq_ignore_ascii_case("x-api-key")).then_some(Scheme::ApiKey)
    }

    /// A scheme without an authorizer; one that says that it wants one is a mistake.
    fn unenforced(&mut self, requirement: &'a Entry, scheme: &'a Node) -> Scheme {
        let key = &requirement.key;
        match self.reading.text(scheme, AUTH_TYPE).filter(|wanted| !wanted.is_empty()) {
            Some(wanted) => self.reading.fail(
                requirement.place,
                format!("Security scheme '{key}' of type '{wanted}' has no {AUTHORIZER}"),
            ),
            None => self.reading.warn(
                requirement.place,
                format!("Security scheme '{key}' has no authorizer; API Gateway does not enforce it"),
            ),
        }
        Scheme::None
    }
}

fn as_scheme(authorizer: &Authorizer) -> Scheme {
    let kind = match authorizer.authorizer_type {
        AuthorizerType::Token | AuthorizerType::Request => AuthorizationType::Custom,
        AuthorizerType::CognitoUserPools => AuthorizationType::CognitoUserPools,
        AuthorizerType::Jwt => AuthorizationType::Jwt,
    };
    Scheme::Authorizer(authorizer.id.clone(), kind)
}
