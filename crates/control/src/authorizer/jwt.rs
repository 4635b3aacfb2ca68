//! The settings of JWT authorizers.
//!
//! In: wire values. Out: model values and back, or the refusal. It must not know how tokens are verified.

use stagedoor_model::{
    Authorizer, JwtAdditionalClaim, JwtAlgorithm, JwtClaimFormat, JwtConfiguration, JwtIssuer,
};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::convert::filled_list;
use crate::method::values::invalid_option;

/// Claims that every token is checked for, which nobody can ask for in addition.
const RESERVED: [&str; 7] = ["iss", "aud", "exp", "nbf", "iat", "scope", "scp"];

pub(super) fn check(authorizer: &Authorizer) -> Result<(), ApiError> {
    let Some(jwt) = &authorizer.jwt else {
        return Err(ApiError::bad_request("An authorizer of type JWT needs a jwtConfiguration"));
    };
    if jwt.issuers.is_empty() || jwt.default_algorithms.is_empty() {
        return Err(ApiError::bad_request("A jwtConfiguration needs at least one issuer and one algorithm"));
    }
    jwt.issuers.iter().try_for_each(check_issuer)
}

fn check_issuer(issuer: &JwtIssuer) -> Result<(), ApiError> {
    if !issuer.issuer.starts_with("https://") {
        return Err(ApiError::BadRequest(format!(
            "Invalid issuer specified: {}. It must be an https URL",
            issuer.issuer
        )));
    }
    if issuer.audiences.is_empty() {
        return Err(ApiError::BadRequest(format!("Issuer {} needs at least one audience", issuer.issuer)));
    }
    match issuer.additional_claims.iter().find(|claim| RESERVED.contains(&claim.claim_name.as_str())) {
        None => Ok(()),
        Some(claim) => {
            Err(ApiError::BadRequest(format!("Claim {} cannot be an additional claim", claim.claim_name)))
        }
    }
}

pub(super) fn from_wire(given: &wire::JwtConfigurationInput) -> Result<JwtConfiguration, ApiError> {
    let algorithm = |text: &String| {
        let known = || JwtAlgorithm::ALL.iter().map(|algorithm| algorithm.as_str());
        JwtAlgorithm::parse(text).ok_or_else(|| invalid_option("JwtSigningAlgorithm", known()))
    };
    Ok(JwtConfiguration {
        issuers: given.issuers.iter().map(issuer_from_wire).collect::<Result<_, _>>()?,
        default_algorithms: given.default_algorithms.iter().map(algorithm).collect::<Result<_, _>>()?,
    })
}

fn issuer_from_wire(given: &wire::JwtIssuerInput) -> Result<JwtIssuer, ApiError> {
    let claims = given.additional_claims.iter().flatten();
    Ok(JwtIssuer {
        issuer: given.issuer.clone(),
        audiences: given.audiences.clone(),
        additional_claims: claims.map(claim_from_wire).collect::<Result<_, _>>()?,
    })
}

fn claim_from_wire(given: &wire::JwtAdditionalClaim) -> Result<JwtAdditionalClaim, ApiError> {
    let known = || JwtClaimFormat::ALL.iter().map(|format| format.as_str());
    Ok(JwtAdditionalClaim {
        claim_name: given.claim_name.clone(),
        format: JwtClaimFormat::parse(&given.format)
            .ok_or_else(|| invalid_option("JwtClaimFormat", known()))?,
        required: given.required,
        expected_values: given.expected_values.clone().unwrap_or_default(),
    })
}

pub(super) fn to_wire(jwt: &JwtConfiguration) -> wire::JwtConfiguration {
    let algorithms = jwt.default_algorithms.iter().map(ToString::to_string);
    wire::JwtConfiguration {
        issuers: Some(jwt.issuers.iter().map(issuer_to_wire).collect()),
        default_algorithms: Some(algorithms.collect()),
    }
}

fn issuer_to_wire(issuer: &JwtIssuer) -> wire::JwtIssuer {
    let claims: Vec<wire::JwtAdditionalClaim> = issuer.additional_claims.iter().map(claim_to_wire).collect();
    wire::JwtIssuer {
        issuer: Some(issuer.issuer.clone()),
        audiences: Some(issuer.audiences.clone()),
        additional_claims: filled_list(&claims),
        jwks_uri: None,
    }
}

fn claim_to_wire(claim: &JwtAdditionalClaim) -> wire::JwtAdditionalClaim {
    wire::JwtAdditionalClaim {
        claim_name: claim.claim_name.clone(),
        format: claim.format.to_string(),
        required: claim.required,
        expected_values: filled_list(&claim.expected_values),
    }
}
