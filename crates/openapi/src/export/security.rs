//! API keys, signatures and authorizers into security schemes, and what of them a method demands.

use serde_json::{Value, json};
use stagedoor_model::{
    ApiTree, AuthorizationType, Authorizer, AuthorizerType, DocumentationPartType, JwtConfiguration,
    JwtIssuer, Method,
};

use super::{Export, Object, put, put_some, single};

const HEADER: &str = "method.request.header.";

/// What the schemes are called that no authorizer stands behind.
pub(super) struct Schemes {
    api_key: String,
    sigv4: String,
}

impl Schemes {
    pub(super) fn of(tree: &ApiTree) -> Self {
        let free = |name: &str| {
            let mut name = name.to_owned();
            while tree.authorizer_named(&name).is_some() {
                name.push('_');
            }
            name
        };
        Self { api_key: free("api_key"), sigv4: free("sigv4") }
    }
}

impl Export<'_> {
    pub(super) fn security_schemes(&self) -> Object {
        let mut schemes = Object::new();
        let mut authorizers: Vec<&Authorizer> =
            self.tree.authorizers.values().filter(|authorizer| self.is_exported(authorizer)).collect();
        // Not by id: the same API made twice has the same document.
        authorizers.sort_by(|one, other| one.name.cmp(&other.name));
        for authorizer in authorizers {
            put(&mut schemes, &authorizer.name, self.scheme(authorizer));
        }
        if self.methods().any(|method| method.api_key_required) {
            put(&mut schemes, &self.schemes.api_key, header_scheme("x-api-key"));
        }
        if self.methods().any(|method| method.authorization_type == AuthorizationType::AwsIam) {
            let mut scheme = header_scheme("Authorization");
            // Without the word the scheme would be an API key of the backend, and imports would leave the method open.
            put(&mut scheme, "x-amazon-apigateway-authtype", "awsSigv4");
            put(&mut schemes, &self.schemes.sigv4, scheme);
        }
        schemes
    }

    fn methods(&self) -> impl Iterator<Item = &Method> {
        self.tree.resources.values().flat_map(|resource| resource.methods.values())
    }

    /// Those that nobody uses only matter to imports.
    fn is_exported(&self, authorizer: &Authorizer) -> bool {
        let used = |method: &Method| method.authorizer_id.as_ref() == Some(&authorizer.id);
        self.extensions().authorizers || self.methods().any(used)
    }

    fn scheme(&self, authorizer: &Authorizer) -> Object {
        let header = authorizer.identity_source.as_deref().and_then(|source| source.strip_prefix(HEADER));
        let mut scheme = match authorizer.authorizer_type {
            AuthorizerType::Request => header_scheme("Unused"),
            // An import takes whatever name there is for the source of tokens.
            _ => api_key_scheme(header),
        };
        self.document_at(&mut scheme, DocumentationPartType::Authorizer, &[&authorizer.name]);
        if self.extensions().authorizers {
            put_some(&mut scheme, "x-amazon-apigateway-authtype", authorizer.shown_auth_type());
            put(&mut scheme, "x-amazon-apigateway-authorizer", authorizer_object(authorizer));
        }
        scheme
    }

    pub(super) fn put_security(&self, operation: &mut Object, method: &Method) {
        let authorizer = method.authorizer_id.as_ref().and_then(|id| self.tree.authorizers.get(id));
        let mut security: Vec<Value> = Vec::new();
        match (method.authorization_type, authorizer) {
            (AuthorizationType::None, _) => {}
            (AuthorizationType::AwsIam, _) => security.push(single(&self.schemes.sigv4, json!([]))),
            (_, Some(authorizer)) => {
                security.push(single(&authorizer.name, method.authorization_scopes.clone()));
            }
            // Imports refuse this, where a method without any word of security would be open.
            (other, None) => put(operation, "x-amazon-apigateway-auth", single("type", other.as_str())),
        }
        if method.api_key_required {
            security.push(single(&self.schemes.api_key, json!([])));
        }
        if !security.is_empty() {
            put(operation, "security", security);
        }
    }

    /// The Postman tool signs calls whose operation has this word; the keys are variables of its environment.
    pub(super) fn put_postman(&self, operation: &mut Object, method: &Method) {
        if !self.extensions().postman || method.authorization_type != AuthorizationType::AwsIam {
            return;
        }
        let attributes = json!({
            "id": "awsSigV4",
            "accessKey": "{{aws_access_key_id}}",
            "secretKey": "{{aws_secret_access_key}}",
            "region": self.options.region,
            "service": "execute-api",
            "saveToRequest": true,
        });
        put(
            operation,
            "x-postman-meta",
            json!({"currentHelper": "awsSigV4", "helperAttributes": attributes}),
        );
    }
}

fn header_scheme(name: &str) -> Object {
    api_key_scheme(Some(name))
}

fn api_key_scheme(name: Option<&str>) -> Object {
    let mut scheme = Object::new();
    put(&mut scheme, "type", "apiKey");
    put_some(&mut scheme, "name", name);
    put(&mut scheme, "in", "header");
    scheme
}

fn authorizer_object(authorizer: &Authorizer) -> Object {
    let mut object = Object::new();
    put(&mut object, "type", authorizer.authorizer_type.as_str().to_lowercase());
    put_some(&mut object, "authorizerUri", authorizer.uri.as_deref());
    put_some(&mut object, "authorizerCredentials", authorizer.credentials.as_deref());
    put_some(&mut object, "authorizerResultTtlInSeconds", authorizer.result_ttl_seconds);
    put_some(&mut object, "identitySource", own_identity_source(authorizer));
    let expression = authorizer.identity_validation_expression.as_deref();
    put_some(&mut object, "identityValidationExpression", expression);
    if !authorizer.provider_arns.is_empty() {
        put(&mut object, "providerARNs", authorizer.provider_arns.clone());
    }
    put_some(&mut object, "jwtConfiguration", authorizer.jwt.as_ref().map(jwt_configuration));
    object
}

/// The source, unless the scheme's header says it.
fn own_identity_source(authorizer: &Authorizer) -> Option<&str> {
    let names_header =
        matches!(authorizer.authorizer_type, AuthorizerType::Token | AuthorizerType::CognitoUserPools);
    let said_by_header = |source: &&str| names_header && source.starts_with(HEADER);
    authorizer.identity_source.as_deref().filter(|source| !said_by_header(source))
}

fn jwt_configuration(jwt: &JwtConfiguration) -> Value {
    let algorithms: Vec<&str> = jwt.default_algorithms.iter().map(|algorithm| algorithm.as_str()).collect();
    json!({"issuers": jwt.issuers.iter().map(issuer).collect::<Vec<_>>(), "defaultAlgorithms": algorithms})
}

fn issuer(issuer: &JwtIssuer) -> Value {
    let mut object = Object::new();
    put(&mut object, "issuer", issuer.issuer.as_str());
    put(&mut object, "audiences", issuer.audiences.clone());
    let claims = issuer.additional_claims.iter().map(|claim| {
        let mut object = Object::new();
        put(&mut object, "claimName", claim.claim_name.as_str());
        put(&mut object, "format", claim.format.as_str());
        put_some(&mut object, "required", claim.required);
        if !claim.expected_values.is_empty() {
            put(&mut object, "expectedValues", claim.expected_values.clone());
        }
        Value::Object(object)
    });
    let claims: Vec<Value> = claims.collect();
    if !claims.is_empty() {
        put(&mut object, "additionalClaims", claims);
    }
    Value::Object(object)
}
