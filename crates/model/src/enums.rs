//! Closed sets of values, spelled as AWS spells them.

macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[serde(rename = $text)] #[doc = concat!("`", $text, "`")] $variant),+
        }

        impl $name {
            /// Every value, in the order of AWS's model.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// AWS's spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value with exactly this spelling.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

text_enum!(
    /// Where the API key of a call comes from.
    ApiKeySource { Header = "HEADER", Authorizer = "AUTHORIZER" }
);
text_enum!(
    /// After how long a usage plan's quota begins anew.
    QuotaPeriod { Day = "DAY", Week = "WEEK", Month = "MONTH" }
);
text_enum!(
    /// A REST API's endpoint type.
    EndpointType { Regional = "REGIONAL", Edge = "EDGE", Private = "PRIVATE" }
);
text_enum!(
    /// IP versions an endpoint answers on.
    IpAddressType { Ipv4 = "ipv4", Dualstack = "dualstack" }
);
text_enum!(
    /// Strictness of a named security policy.
    EndpointAccessMode { Basic = "BASIC", Strict = "STRICT" }
);
text_enum!(
    /// TLS policy of an endpoint.
    SecurityPolicy {
        Tls10 = "TLS_1_0",
        Tls12 = "TLS_1_2",
        Tls13_1_3_2025 = "SecurityPolicy_TLS13_1_3_2025_09",
        Tls13_1_3Fips2025 = "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
        Tls13_1_2PfsPq2025 = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        Tls13_1_2FipsPq2025 = "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
        Tls13_1_2FipsPfsPq2025 = "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
        Tls13_1_2Ext2Pq2025 = "SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09",
        Tls13_1_2Ext2FipsPq2025 = "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09",
        Tls13_1_2Pq2025 = "SecurityPolicy_TLS13_1_2_PQ_2025_09",
        Tls13_1_2_2021 = "SecurityPolicy_TLS13_1_2_2021_06",
        Tls13Edge2025 = "SecurityPolicy_TLS13_2025_EDGE",
        Tls12PfsEdge2025 = "SecurityPolicy_TLS12_PFS_2025_EDGE",
        Tls12Edge2018 = "SecurityPolicy_TLS12_2018_EDGE",
    }
);
text_enum!(
    /// A method of a resource; `ANY` stands for every verb without a method of its own.
    HttpMethod {
        Get = "GET", Put = "PUT", Post = "POST", Delete = "DELETE", Patch = "PATCH", Options = "OPTIONS",
        Head = "HEAD", Any = "ANY",
    }
);
text_enum!(
    /// How callers of a method are authorized.
    AuthorizationType {
        None = "NONE", AwsIam = "AWS_IAM", Custom = "CUSTOM", CognitoUserPools = "COGNITO_USER_POOLS", Jwt = "JWT",
    }
);
text_enum!(
    /// What an authorizer asks.
    AuthorizerType {
        Token = "TOKEN", Request = "REQUEST", CognitoUserPools = "COGNITO_USER_POOLS", Jwt = "JWT",
    }
);
text_enum!(
    /// How a token is signed.
    JwtAlgorithm {
        Rs256 = "RS256", Rs384 = "RS384", Rs512 = "RS512", Es256 = "ES256", Es384 = "ES384", Es512 = "ES512",
    }
);
text_enum!(
    /// The form of an additional claim.
    JwtClaimFormat { SingleString = "SINGLE_STRING" }
);
text_enum!(
    /// What a documentation part is about.
    DocumentationPartType {
        Api = "API",
        Authorizer = "AUTHORIZER",
        Model = "MODEL",
        Resource = "RESOURCE",
        Method = "METHOD",
        PathParameter = "PATH_PARAMETER",
        QueryParameter = "QUERY_PARAMETER",
        RequestHeader = "REQUEST_HEADER",
        RequestBody = "REQUEST_BODY",
        Response = "RESPONSE",
        ResponseHeader = "RESPONSE_HEADER",
        ResponseBody = "RESPONSE_BODY",
    }
);
text_enum!(
    /// What a method calls.
    IntegrationType { Http = "HTTP", Aws = "AWS", Mock = "MOCK", HttpProxy = "HTTP_PROXY", AwsProxy = "AWS_PROXY" }
);
text_enum!(
    /// How the backend is reached.
    ConnectionType { Internet = "INTERNET", VpcLink = "VPC_LINK" }
);
text_enum!(
    /// Body conversion of a request or response.
    ContentHandling { ConvertToBinary = "CONVERT_TO_BINARY", ConvertToText = "CONVERT_TO_TEXT" }
);
text_enum!(
    /// What happens to a body whose content type has no template.
    PassthroughBehavior {
        WhenNoMatch = "WHEN_NO_MATCH", WhenNoTemplates = "WHEN_NO_TEMPLATES", Never = "NEVER",
    }
);
text_enum!(
    /// Whether a backend's reply is buffered whole or streamed.
    TransferMode { Buffered = "BUFFERED", Stream = "STREAM" }
);
text_enum!(
    /// The 21 kinds of gateway response, in the order AWS prints them when it refuses one.
    GatewayResponseType {
        RequestTooLarge = "REQUEST_TOO_LARGE",
        ResourceNotFound = "RESOURCE_NOT_FOUND",
        AuthorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR",
        MissingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN",
        BadRequestBody = "BAD_REQUEST_BODY",
        InvalidSignature = "INVALID_SIGNATURE",
        InvalidApiKey = "INVALID_API_KEY",
        BadRequestParameters = "BAD_REQUEST_PARAMETERS",
        AuthorizerFailure = "AUTHORIZER_FAILURE",
        Unauthorized = "UNAUTHORIZED",
        IntegrationTimeout = "INTEGRATION_TIMEOUT",
        AccessDenied = "ACCESS_DENIED",
        Default4xx = "DEFAULT_4XX",
        Default5xx = "DEFAULT_5XX",
        WafFiltered = "WAF_FILTERED",
        QuotaExceeded = "QUOTA_EXCEEDED",
        Throttled = "THROTTLED",
        ApiConfigurationError = "API_CONFIGURATION_ERROR",
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        IntegrationFailure = "INTEGRATION_FAILURE",
        ExpiredToken = "EXPIRED_TOKEN",
    }
);
text_enum!(
    /// Size of a stage's cache cluster in GB.
    CacheClusterSize {
        Gb0_5 = "0.5", Gb1_6 = "1.6", Gb6_1 = "6.1", Gb13_5 = "13.5", Gb28_4 = "28.4", Gb58_2 = "58.2", Gb118 = "118",
        Gb237 = "237",
    }
);
text_enum!(
    /// Level of the execution log.
    LoggingLevel { Off = "OFF", Error = "ERROR", Info = "INFO" }
);
text_enum!(
    /// What a guarded cache invalidation without permission gets.
    UnauthorizedCacheControl {
        FailWith403 = "FAIL_WITH_403",
        SucceedWithResponseHeader = "SUCCEED_WITH_RESPONSE_HEADER",
        SucceedWithoutResponseHeader = "SUCCEED_WITHOUT_RESPONSE_HEADER",
    }
);

impl GatewayResponseType {
    /// The built-in status; the two defaults have none.
    #[must_use]
    pub const fn default_status(self) -> Option<u16> {
        match self {
            Self::Default4xx | Self::Default5xx => None,
            Self::BadRequestBody | Self::BadRequestParameters => Some(400),
            Self::Unauthorized => Some(401),
            Self::MissingAuthenticationToken
            | Self::InvalidSignature
            | Self::InvalidApiKey
            | Self::AccessDenied
            | Self::WafFiltered
            | Self::ExpiredToken => Some(403),
            Self::ResourceNotFound => Some(404),
            Self::RequestTooLarge => Some(413),
            Self::UnsupportedMediaType => Some(415),
            Self::QuotaExceeded | Self::Throttled => Some(429),
            Self::AuthorizerConfigurationError | Self::AuthorizerFailure | Self::ApiConfigurationError => {
                Some(500)
            }
            Self::IntegrationTimeout | Self::IntegrationFailure => Some(504),
        }
    }

    /// The default that stands in for this type while it is not customised; a default has none.
    #[must_use]
    pub const fn family(self) -> Option<Self> {
        match self.default_status() {
            None => None,
            Some(status) if status >= 500 => Some(Self::Default5xx),
            Some(_) => Some(Self::Default4xx),
        }
    }
}

/// A Lambda runtime that executes here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Runtime {
    /// `python3.x`
    Python { minor: u8 },
    /// `nodejsNN.x`
    Node { major: u8 },
    /// `provided.al2` or `provided.al2023`
    Provided { al2023: bool },
}

impl Runtime {
    /// The runtime with this identifier, when it is one that executes here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(minor) = text.strip_prefix("python3.") {
            return minor.parse().ok().map(|minor| Self::Python { minor });
        }
        if let Some(major) = text.strip_prefix("nodejs").and_then(|rest| rest.strip_suffix(".x")) {
            return major.parse().ok().map(|major| Self::Node { major });
        }
        match text {
            "provided.al2023" => Some(Self::Provided { al2023: true }),
            "provided.al2" => Some(Self::Provided { al2023: false }),
            _ => None,
        }
    }
}

impl std::fmt::Display for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Python { minor } => write!(f, "python3.{minor}"),
            Self::Node { major } => write!(f, "nodejs{major}.x"),
            Self::Provided { al2023: true } => f.write_str("provided.al2023"),
            Self::Provided { al2023: false } => f.write_str("provided.al2"),
        }
    }
}

impl TryFrom<String> for Runtime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("unknown runtime {text}"))
    }
}

impl From<Runtime> for String {
    fn from(runtime: Runtime) -> Self {
        runtime.to_string()
    }
}
