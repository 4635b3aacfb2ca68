//! A function's code as a caller uploads it.
//!
//! In: the members of a request that say where code is. Out: the zip and what is stored of it. Code that is elsewhere is
//! refused. Whether a zip can be unpacked is asked of a port.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use stagedoor_model::FunctionCode;
use stagedoor_wire::lambda as wire;

use crate::ApiError;
use crate::context::Context;

/// Largest zip that a request may carry.
pub(super) const MAX_ZIP: usize = 50 * 1024 * 1024;

/// What a function's code and layers may take when unpacked.
pub(super) const MAX_UNPACKED: u64 = 262_144_000;

/// Where a request says the code is, whichever operation it belongs to.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) zip_file: Option<Vec<u8>>,
    pub(super) s3: bool,
    pub(super) image: bool,
    pub(super) encrypted: bool,
}

impl From<wire::FunctionCode> for Source {
    fn from(code: wire::FunctionCode) -> Self {
        Self {
            zip_file: code.zip_file,
            s3: code.s3_bucket.is_some() || code.s3_key.is_some(),
            image: code.image_uri.is_some(),
            encrypted: code.source_kms_key_arn.is_some_and(|key| !key.is_empty()),
        }
    }
}

/// The zip, checked, and how it is stored.
pub(super) fn accept(ctx: &Context, source: Source) -> Result<(Vec<u8>, FunctionCode), ApiError> {
    if source.s3 || source.image {
        return Err(ApiError::bad_request(
            "Code from S3 and container images are not supported here: upload the package as ZipFile.",
        ));
    }
    if source.encrypted {
        return Err(ApiError::bad_request("SourceKMSKeyArn is not supported here."));
    }
    let zip =
        source.zip_file.ok_or_else(|| ApiError::bad_request("Please provide a source for function code."))?;
    if zip.len() > MAX_ZIP {
        return Err(ApiError::TooLarge(format!("Zipped size must be smaller than {MAX_ZIP} bytes")));
    }
    let unpacked = (ctx.check_code)(&zip).map_err(ApiError::BadRequest)?;
    let sha256_base64 = STANDARD.encode(digest(&SHA256, &zip));
    let size = zip.len() as u64;
    Ok((zip, FunctionCode::Zip { sha256_base64, size, unpacked }))
}
