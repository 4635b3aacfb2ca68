//! Every `$context` variable of REST APIs, once.
//!
//! In: the name as a template, mapping or log format spells it. Out: a variable that [`crate::Record`] can evaluate.

macro_rules! context_vars {
    ($($variant:ident = $($name:literal)|+),+ $(,)?) => {
        /// A `$context` variable that executes. Variables of features without execution evaluate to nothing, which is
        /// what AWS prints for them too while the feature is off.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ContextVar { $(#[doc = concat!($("`$context.", $name, "` "),+)] $variant),+ }

        impl ContextVar {
            /// The variable with this name, given without `$context.`.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($($name)|+ => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

context_vars! {
    AccountId = "accountId",
    ApiId = "apiId",
    AuthenticateError = "authenticate.error",
    AuthenticateLatency = "authenticate.latency",
    AuthenticateStatus = "authenticate.status",
    AuthorizeError = "authorize.error",
    AuthorizeLatency = "authorize.latency",
    AuthorizeStatus = "authorize.status",
    AuthorizerError = "authorizer.error",
    AuthorizerIntegrationLatency = "authorizer.integrationLatency",
    AuthorizerIntegrationStatus = "authorizer.integrationStatus",
    AuthorizerLatency = "authorizer.latency",
    AuthorizerRequestId = "authorizer.requestId",
    AuthorizerStatus = "authorizer.status",
    DeploymentId = "deploymentId",
    DomainName = "domainName",
    DomainPrefix = "domainPrefix",
    EndpointType = "endpointType",
    ErrorMessage = "error.message",
    ErrorMessageString = "error.messageString",
    ErrorResponseType = "error.responseType",
    ErrorValidation = "error.validationErrorString",
    ExtendedRequestId = "extendedRequestId",
    HttpMethod = "httpMethod",
    IdentityAccessKey = "identity.accessKey",
    IdentityAccountId = "identity.accountId",
    IdentityApiKey = "identity.apiKey",
    IdentityApiKeyId = "identity.apiKeyId",
    IdentityCaller = "identity.caller",
    IdentitySourceIp = "identity.sourceIp",
    IdentityUser = "identity.user",
    IdentityUserAgent = "identity.userAgent",
    IdentityUserArn = "identity.userArn",
    IntegrationError = "integration.error" | "integrationErrorMessage",
    IntegrationLatency = "integration.latency" | "integrationLatency",
    IntegrationRequestId = "integration.requestId" | "awsEndpointRequestId",
    IntegrationServiceStatus = "integration.integrationStatus" | "integrationStatus",
    IntegrationStatus = "integration.status",
    IntegrationTimeToAllHeaders = "integration.timeToAllHeaders",
    IntegrationTimeToFirstContent = "integration.timeToFirstContent",
    IntegrationTransferMode = "integration.responseTransferMode",
    IsCanaryRequest = "isCanaryRequest",
    Path = "path",
    Protocol = "protocol",
    RequestId = "requestId",
    RequestTime = "requestTime",
    RequestTimeEpoch = "requestTimeEpoch",
    ResourceId = "resourceId",
    ResourcePath = "resourcePath",
    ResponseLatency = "responseLatency",
    ResponseLength = "responseLength",
    Stage = "stage",
    Status = "status",
    XrayTraceId = "xrayTraceId",
}

impl ContextVar {
    /// Whether templates and mappings may read it; the others are for access logs and gateway responses.
    #[must_use]
    pub fn in_mappings(self) -> bool {
        use ContextVar as V;
        !matches!(
            self,
            V::AuthenticateError
                | V::AuthenticateLatency
                | V::AuthenticateStatus
                | V::AuthorizeError
                | V::AuthorizeLatency
                | V::AuthorizeStatus
                | V::AuthorizerError
                | V::AuthorizerIntegrationLatency
                | V::AuthorizerIntegrationStatus
                | V::AuthorizerLatency
                | V::AuthorizerRequestId
                | V::AuthorizerStatus
                | V::EndpointType
                | V::ErrorMessage
                | V::ErrorMessageString
                | V::ErrorResponseType
                | V::ErrorValidation
                | V::IntegrationError
                | V::IntegrationLatency
                | V::IntegrationServiceStatus
                | V::IntegrationStatus
                | V::IntegrationTimeToAllHeaders
                | V::IntegrationTimeToFirstContent
                | V::IntegrationTransferMode
                | V::ResponseLatency
                | V::ResponseLength
                | V::Status
                | V::XrayTraceId
        )
    }
}
