//! Security requirements into authorization types and API keys.

use stagedoor_model::{AuthorizationType, Method};

use super::Import;
use crate::Version;
use crate::node::{Entry, Node};

/// What a security scheme means for a method that lists it.
enum Scheme {
    ApiKey,
    SigV4,
    /// Nothing that API Gateway enforces.
    None,
}

impl<'a> Import<'a> {
    /// The operation's requirements, or those of the whole document when it has none of its own.
    pub(super) fn apply_security(&mut self, method: &mut Method, operation: &'a Node) {
        let requirements = operation.get("security").or_else(|| self.root.get("security"));
        let named = requirements.map(Node::items).unwrap_or_default().iter().flat_map(Node::entries);
        for requirement in named {
            match self.scheme(requirement) {
                Scheme::ApiKey => method.api_key_required = true,
                Scheme::SigV4 => method.authorization_type = AuthorizationType::AwsIam,
                Scheme::None => {}
            }
        }
        self.apply_auth(method, operation);
    }

    fn apply_auth(&mut self, method: &mut Method, operation: &'a Node) {
        let Some(auth) = operation.get("x-amazon-apigateway-auth") else { return };
        let text = auth.get("type").and_then(Node::scalar).unwrap_or_default();
        match AuthorizationType::parse(&text.to_uppercase()) {
            Some(kind @ (AuthorizationType::None | AuthorizationType::AwsIam)) => {
                method.authorization_type = kind
            }
            _ => self.fail(
                auth.place,
                format!("Invalid x-amazon-apigateway-auth type '{text}'. Valid options are NONE,AWS_IAM"),
            ),
        }
    }

    fn scheme(&mut self, requirement: &'a Entry) -> Scheme {
        let schemes = match self.version {
            Version::Swagger2 => self.root.get("securityDefinitions"),
            Version::OpenApi3 => {
                self.root.get("components").and_then(|components| components.get("securitySchemes"))
            }
        };
        let scheme =
            schemes.and_then(|schemes| schemes.get(&requirement.key)).and_then(|scheme| self.resolve(scheme));
        let Some(scheme) = scheme else {
            self.fail(requirement.place, format!("No security scheme is named '{}'", requirement.key));
            return Scheme::None;
        };
        let text = |key: &str| scheme.get(key).and_then(Node::scalar).unwrap_or_default();
        if text("x-amazon-apigateway-authtype").eq_ignore_ascii_case("awsSigv4") {
            return Scheme::SigV4;
        }
        if text("type") == "apiKey"
            && text("in") == "header"
            && text("name").eq_ignore_ascii_case("x-api-key")
        {
            return Scheme::ApiKey;
        }
        if scheme.entry("x-amazon-apigateway-authorizer").is_none() {
            let key = &requirement.key;
            self.warn(
                requirement.place,
                format!("Security scheme '{key}' has no authorizer; API Gateway does not enforce it"),
            );
        }
        Scheme::None
    }

    /// Authorizers are created even if unused, so a document with one cannot be applied while there are none.
    pub(super) fn check_security_schemes(&mut self) {
        let of_components =
            self.root.get("components").and_then(|components| components.get("securitySchemes"));
        let schemes =
            self.root.get("securityDefinitions").or(of_components).map(Node::entries).unwrap_or_default();
        for scheme in schemes {
            if let Some(entry) = scheme.value.entry("x-amazon-apigateway-authorizer") {
                self.refuse(entry);
            }
        }
    }
}
