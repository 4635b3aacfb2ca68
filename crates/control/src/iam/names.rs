//! Unique ids, secrets, and names that differ in more than case.

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::ApiError;

/// The digits of ids: base 32 without those that look alike.
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `AIDA…`, `AROA…`: four letters that tell the kind and `digits` random ones.
pub(crate) fn new_unique_id(prefix: &str, digits: usize) -> Result<String, ApiError> {
    let mut bytes = vec![0; digits];
    fill(&mut bytes)?;
    let digits = bytes.iter().map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
    Ok(prefix.chars().chain(digits).collect())
}

/// `AKIA…`, `ASIA…`: the account is part of the id, where AWS has it, so that `GetAccessKeyInfo` can tell it.
pub(crate) fn new_access_key_id(prefix: &str, account: &str) -> Result<String, ApiError> {
    let mut bytes = [0; 10];
    fill(&mut bytes)?;
    let account: u64 = account.parse().unwrap_or_default();
    let head = (account << 7) | u64::from(bytes[5] & 0x7f);
    bytes[..6].copy_from_slice(&head.to_be_bytes()[2..]);
    let number =
        u128::from_be_bytes(std::array::from_fn(|index| if index < 6 { 0 } else { bytes[index - 6] }));
    let digit = |place: u32| char::from(DIGITS[(number >> (75 - 5 * place)) as usize & 31]);
    Ok(prefix.chars().chain((0..16).map(digit)).collect())
}

/// The account in an access key's id.
pub(crate) fn access_key_account(id: &str) -> Option<String> {
    let digits = id.strip_prefix("AKIA").or_else(|| id.strip_prefix("ASIA"))?;
    if digits.len() != 16 {
        return None;
    }
    let number = digits.bytes().try_fold(0u128, |number, digit| {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        Some(number << 5 | value as u128)
    })?;
    let account = (number >> 39) as u64 & 0xff_ffff_ffff;
    (account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

/// A secret access key: 40 characters.
pub(crate) fn new_secret() -> Result<String, ApiError> {
    let mut bytes = [0; 30];
    fill(&mut bytes)?;
    Ok(STANDARD.encode(bytes))
}

fn fill(bytes: &mut [u8]) -> Result<(), ApiError> {
    rand::fill(bytes).map_err(|_| ApiError::Internal("the system has no randomness".to_owned()))
}

/// Whether a name is taken in whatever case.
pub(super) fn is_taken<'n>(mut names: impl Iterator<Item = &'n String>, name: &str) -> bool {
    names.any(|taken| taken.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_keys_tell_their_account() {
        for account in ["000000000000", "123456789012", "999999999999"] {
            let id = new_access_key_id("ASIA", account).unwrap();
            assert_eq!(id.len(), 20);
            assert_eq!(access_key_account(&id).as_deref(), Some(account), "{id}");
        }
        // As the algorithm is known from AWS's own keys.
        assert_eq!(access_key_account("ASIAQNZGKIQY56JQ7WML").as_deref(), Some("029608264753"));
        for id in ["", "AKIA", "AKIA1111111111111111", "AIDAQNZGKIQY56JQ7WML", "ASIA7777777777777777"] {
            assert_eq!(access_key_account(id), None, "{id}");
        }
    }

    #[test]
    fn ids_and_secrets_have_their_length() {
        let id = new_unique_id("AIDA", 17).unwrap();
        assert!(id.len() == 21 && id.starts_with("AIDA"));
        assert_ne!(id, new_unique_id("AIDA", 17).unwrap());
        assert_eq!(new_secret().unwrap().len(), 40);
    }
}
