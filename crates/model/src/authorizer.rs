//! Authorizers: who decides, for the methods that name one, whether a call may pass.

use serde::{Deserialize, Serialize};

use crate::{AuthorizerType, JwtAlgorithm, JwtClaimFormat};

/// An authorizer of an API. Frozen by deployments, with the methods that name it by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorizer {
    pub id: String,
    /// Unique within the API.
    pub name: String,
    pub authorizer_type: AuthorizerType,
    /// User pools of a COGNITO_USER_POOLS authorizer.
    pub provider_arns: Vec<String>,
    /// The author's own word for imports and exports, without any effect. None: the type's own word is shown.
    pub auth_type: Option<String>,
    /// The invocation URI of a TOKEN or REQUEST authorizer's function.
    pub uri: Option<String>,
    pub credentials: Option<String>,
    /// `method.request.header.{name}`; of a REQUEST authorizer a comma list of expressions.
    pub identity_source: Option<String>,
    pub identity_validation_expression: Option<String>,
    /// Seconds a decision is kept. None: never given, absent on the wire, and 300 when executed.
    pub result_ttl_seconds: Option<u32>,
    /// Of a JWT authorizer.
    pub jwt: Option<JwtConfiguration>,
}

/// Whose tokens a JWT authorizer accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtConfiguration {
    pub issuers: Vec<JwtIssuer>,
    pub default_algorithms: Vec<JwtAlgorithm>,
}

/// One issuer of tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtIssuer {
    pub issuer: String,
    pub audiences: Vec<String>,
    pub additional_claims: Vec<JwtAdditionalClaim>,
}

/// A claim that tokens are asked for beyond the registered ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtAdditionalClaim {
    pub claim_name: String,
    pub format: JwtClaimFormat,
    /// None: never given, absent on the wire.
    pub required: Option<bool>,
    pub expected_values: Vec<String>,
}

impl Authorizer {
    /// Seconds a decision is kept unless the author says otherwise.
    pub const DEFAULT_TTL_SECONDS: u32 = 300;
    /// Seconds a decision is kept at most.
    pub const MAX_TTL_SECONDS: u32 = 3600;

    /// The word that reads and exports show.
    #[must_use]
    pub fn shown_auth_type(&self) -> Option<&str> {
        let own = match self.authorizer_type {
            AuthorizerType::Token | AuthorizerType::Request => Some("custom"),
            AuthorizerType::CognitoUserPools => Some("cognito_user_pools"),
            AuthorizerType::Jwt => None,
        };
        self.auth_type.as_deref().or(own)
    }

    /// An authorizer without any setting.
    #[must_use]
    pub fn new(id: String, name: String, authorizer_type: AuthorizerType) -> Self {
        Self {
            id,
            name,
            authorizer_type,
            provider_arns: Vec::new(),
            auth_type: None,
            uri: None,
            credentials: None,
            identity_source: None,
            identity_validation_expression: None,
            result_ttl_seconds: None,
            jwt: None,
        }
    }
}
