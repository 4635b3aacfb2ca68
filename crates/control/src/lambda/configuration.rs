//! A version's configuration: wire ⇄ model.
//!
//! In: what a caller asks for. Out: what is stored, or a refusal of everything that would not have its effect here.

use aws_lc_rs::digest::{SHA256, digest};
use stagedoor_base::FunctionArn;
use stagedoor_model::{FunctionCode, FunctionConfiguration, FunctionTree, FunctionVersion, Map, Runtime};
use stagedoor_wire::lambda as wire;

use crate::ApiError;

const DEFAULT_TIMEOUT: u32 = 3;
const MAX_TIMEOUT: u32 = 900;
const DEFAULT_MEMORY: u32 = 128;
const MAX_MEMORY: u32 = 10_240;
const EPHEMERAL_STORAGE: i32 = 512;
/// All keys and values of the environment together.
const MAX_ENVIRONMENT: usize = 4096;
/// Variables that Lambda sets and a function may not.
const RESERVED: [&str; 20] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
];

/// Whether an environment variable is Lambda's own, so that no function may set it.
#[must_use]
pub fn is_reserved_variable(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// The members that creating and updating have in common. None leaves a member as it is.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) description: Option<String>,
    pub(super) role: Option<String>,
    pub(super) runtime: Option<String>,
    pub(super) handler: Option<String>,
    pub(super) timeout: Option<i32>,
    pub(super) memory_size: Option<i32>,
    pub(super) environment: Option<wire::Environment>,
}

/// Members whose only accepted value is the one that changes nothing. Each is named when it is refused.
#[derive(Debug, Default)]
pub(super) struct Extras {
    pub(super) function: String,
    pub(super) vpc_config: Option<wire::VpcConfig>,
    pub(super) dead_letter_config: Option<wire::DeadLetterConfig>,
    pub(super) kms_key_arn: Option<String>,
    pub(super) tracing_config: Option<wire::TracingConfig>,
    pub(super) file_system_configs: bool,
    pub(super) image_config: bool,
    pub(super) ephemeral_storage: Option<wire::EphemeralStorage>,
    pub(super) snap_start: Option<wire::SnapStart>,
    pub(super) logging_config: Option<wire::LoggingConfig>,
    pub(super) architectures: Option<Vec<String>>,
    /// Members that have no neutral value, with whether they were given.
    pub(super) others: Vec<(&'static str, bool)>,
}

impl Extras {
    /// Refuses the first one that would have to do something.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let log_group = log_group(&self.function);
        let vpc = |vpc: &wire::VpcConfig| {
            [&vpc.subnet_ids, &vpc.security_group_ids]
                .iter()
                .all(|ids| ids.as_ref().is_none_or(Vec::is_empty))
        };
        let logging = |logging: &wire::LoggingConfig| {
            logging.log_format.as_deref().is_none_or(|format| format == "Text")
                && logging.log_group.as_deref().is_none_or(|group| group == log_group)
                && logging.application_log_level.is_none()
                && logging.system_log_level.is_none()
        };
        let mut refused = vec![
            ("VpcConfig", !self.vpc_config.as_ref().is_none_or(vpc)),
            ("DeadLetterConfig", self.dead_letter_config.as_ref().is_some_and(|it| filled(&it.target_arn))),
            ("KMSKeyArn", filled(&self.kms_key_arn)),
            (
                "TracingConfig",
                is_other(self.tracing_config.as_ref().and_then(|it| it.mode.as_ref()), "PassThrough"),
            ),
            ("FileSystemConfigs", self.file_system_configs),
            ("ImageConfig", self.image_config),
            (
                "EphemeralStorage",
                self.ephemeral_storage.as_ref().is_some_and(|it| it.size != EPHEMERAL_STORAGE),
            ),
            ("SnapStart", is_other(self.snap_start.as_ref().and_then(|it| it.apply_on.as_ref()), "None")),
            ("LoggingConfig", !self.logging_config.as_ref().is_none_or(logging)),
            (
                "Architectures",
                is_other(self.architectures.as_ref().and_then(|it| it.first()), architecture()),
            ),
        ];
        refused.extend(&self.others);
        match refused.iter().find(|(_, refused)| *refused) {
            Some((member, _)) => Err(ApiError::bad_request(format!(
                "The value of {member} is not supported here: {}",
                instead(member)
            ))),
            None => Ok(()),
        }
    }
}

/// What to do without a member.
fn instead(member: &str) -> &'static str {
    match member {
        "SnapStart" => "processes stay warm after their first call. Leave it out.",
        "DeadLetterConfig" => "an event that is given up is logged. Leave it out.",
        "PackageType" | "ImageConfig" => "images do not run. Upload the package as ZipFile.",
        "VpcConfig" => "functions use this machine's network. Leave it out.",
        "Architectures" => "functions run on this machine's own.",
        "LoggingConfig" => "logs are text in the function's own group. Leave it out.",
        _ => "functions run as processes of this machine without it. Leave it out.",
    }
}

fn filled(text: &Option<String>) -> bool {
    text.as_ref().is_some_and(|text| !text.is_empty())
}

fn is_other(given: Option<&String>, accepted: &str) -> bool {
    given.is_some_and(|given| given != accepted)
}

/// This machine's architecture as Lambda calls it: functions run on no other.
fn architecture() -> &'static str {
    if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" }
}

fn log_group(function: &str) -> String {
    format!("/aws/lambda/{function}")
}

impl Wanted {
    /// The configuration of a new function.
    pub(super) fn create(self) -> Result<FunctionConfiguration, ApiError> {
        let (Some(runtime), Some(handler)) = (&self.runtime, &self.handler) else {
            return Err(ApiError::bad_request(
                "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
            ));
        };
        let mut configuration = FunctionConfiguration {
            description: None,
            role: self.role.clone().unwrap_or_default(),
            runtime: read_runtime(runtime)?,
            handler: handler.clone(),
            timeout_seconds: DEFAULT_TIMEOUT,
            memory_mb: DEFAULT_MEMORY,
            environment: Map::new(),
            layers: Vec::new(),
        };
        self.apply(&mut configuration)?;
        Ok(configuration)
    }

    /// Writes the members that were given.
    pub(super) fn apply(&self, configuration: &mut FunctionConfiguration) -> Result<(), ApiError> {
        if let Some(runtime) = &self.runtime {
            configuration.runtime = read_runtime(runtime)?;
        }
        if let Some(timeout) = self.timeout {
            configuration.timeout_seconds = checked_timeout(timeout)?;
        }
        if let Some(memory) = self.memory_size {
            configuration.memory_mb = checked_memory(memory)?;
        }
        if let Some(environment) = &self.environment {
            configuration.environment = read_environment(environment)?;
        }
        if let Some(description) = &self.description {
            configuration.description = Some(description.clone()).filter(|text| !text.is_empty());
        }
        configuration.role = self.role.clone().unwrap_or_else(|| configuration.role.clone());
        configuration.handler = self.handler.clone().unwrap_or_else(|| configuration.handler.clone());
        Ok(())
    }
}

fn read_runtime(text: &str) -> Result<Runtime, ApiError> {
    Runtime::parse(text).ok_or_else(|| {
        ApiError::bad_request(format!(
            "The runtime parameter of {text} is not supported here. \
             These run: python3.x, nodejsNN.x, provided.al2, provided.al2023."
        ))
    })
}

// Lambda itself knows the longest timeout as a constraint of its model, which the public model does not have.
fn checked_timeout(seconds: i32) -> Result<u32, ApiError> {
    u32::try_from(seconds).ok().filter(|seconds| *seconds <= MAX_TIMEOUT).ok_or_else(|| {
        ApiError::Validation(format!(
            "1 validation error detected: Value '{seconds}' at 'timeout' failed to satisfy constraint: \
             Member must have value less than or equal to {MAX_TIMEOUT}"
        ))
    })
}

fn checked_memory(megabytes: i32) -> Result<u32, ApiError> {
    u32::try_from(megabytes).ok().filter(|megabytes| *megabytes <= MAX_MEMORY).ok_or_else(|| {
        ApiError::bad_request(format!(
            "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to {MAX_MEMORY}"
        ))
    })
}

fn read_environment(environment: &wire::Environment) -> Result<Map<String>, ApiError> {
    let variables = environment.variables.clone().unwrap_or_default();
    let reserved: Vec<&str> =
        variables.keys().map(String::as_str).filter(|name| is_reserved_variable(name)).collect();
    if !reserved.is_empty() {
        return Err(ApiError::bad_request(format!(
            "Lambda was unable to configure your environment variables because the environment variables you have \
             provided contains reserved keys that are currently not supported for modification. \
             Reserved keys used in this request: {}",
            reserved.join(", ")
        )));
    }
    let size: usize = variables.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > MAX_ENVIRONMENT {
        return Err(ApiError::bad_request(format!(
            "Lambda was unable to configure your environment variables because the environment variables you have \
                 provided exceeded the 4KB limit. String measured: {}",
            serde_json::json!(variables)
        )));
    }
    Ok(variables)
}

/// A version as every operation reports it, under the ARN by which it was named.
pub(super) fn to_wire(
    tree: &FunctionTree,
    version: &FunctionVersion,
    arn: &FunctionArn,
) -> wire::FunctionConfiguration {
    let configuration = &version.configuration;
    let (code_size, code_sha256) = match &version.code {
        FunctionCode::Zip { sha256_base64, size, .. } => {
            (i64::try_from(*size).unwrap_or(i64::MAX), sha256_base64.clone())
        }
        FunctionCode::Directory { .. } | FunctionCode::Remote { .. } => (0, String::new()),
    };
    let environment = &configuration.environment;
    wire::FunctionConfiguration {
        function_name: Some(tree.function.name.clone()),
        function_arn: Some(arn.to_string()),
        runtime: Some(configuration.runtime.to_string()),
        role: Some(configuration.role.clone()),
        handler: Some(configuration.handler.clone()),
        code_size: Some(code_size),
        description: Some(configuration.description.clone().unwrap_or_default()),
        timeout: i32::try_from(configuration.timeout_seconds).ok(),
        memory_size: i32::try_from(configuration.memory_mb).ok(),
        last_modified: Some(version.last_modified.lambda()),
        code_sha256: Some(code_sha256),
        version: Some(version.version.clone()),
        environment: (!environment.is_empty())
            .then(|| wire::EnvironmentResponse { variables: Some(environment.clone()), error: None }),
        tracing_config: Some(wire::TracingConfigResponse { mode: Some("PassThrough".to_owned()) }),
        revision_id: Some(version.revision_id.clone()),
        state: Some("Active".to_owned()),
        last_update_status: Some("Successful".to_owned()),
        package_type: Some("Zip".to_owned()),
        architectures: Some(vec![architecture().to_owned()]),
        ephemeral_storage: Some(wire::EphemeralStorage { size: EPHEMERAL_STORAGE }),
        snap_start: Some(wire::SnapStartResponse {
            apply_on: Some("None".to_owned()),
            optimization_status: Some("Off".to_owned()),
        }),
        runtime_version_config: Some(wire::RuntimeVersionConfig {
            runtime_version_arn: Some(runtime_version_arn(&configuration.runtime, arn)),
            error: None,
        }),
        layers: reported_layers(configuration),
        logging_config: Some(wire::LoggingConfig {
            log_format: Some("Text".to_owned()),
            log_group: Some(log_group(&tree.function.name)),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// Layers that a file declares have no name to report.
fn reported_layers(configuration: &FunctionConfiguration) -> Option<Vec<wire::Layer>> {
    let named = configuration.layers.iter().filter(|layer| layer.arn.is_some());
    let layers = named.map(|layer| wire::Layer {
        arn: layer.arn.clone(),
        code_size: match layer.code {
            FunctionCode::Zip { size, .. } => i64::try_from(size).ok(),
            FunctionCode::Directory { .. } | FunctionCode::Remote { .. } => None,
        },
        ..Default::default()
    });
    Some(layers.collect()).filter(|layers: &Vec<_>| !layers.is_empty())
}

/// Clients only ever compare it: a digest of the runtime's name stays the same while the runtime does.
pub(super) fn runtime_version_arn(runtime: &Runtime, arn: &FunctionArn) -> String {
    let name = digest(&SHA256, runtime.to_string().as_bytes());
    let name: String = name.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let region = &arn.scope.region;
    format!("arn:aws:lambda:{region}::runtime:{name}")
}
