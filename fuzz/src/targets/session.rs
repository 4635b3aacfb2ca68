//! No session token opens that was not sealed with the key, for the access key it comes with, or that is over.

use stagedoor_auth::session::{Session, SessionError, SessionPrincipal, open, seal};
use stagedoor_base::Timestamp;

const KEY: [u8; 32] = [7; 32];
const OLDER: [u8; 32] = [8; 32];
const ACCESS_KEY: &str = "ASIA0000000000000001";
const EXPIRES: Timestamp = Timestamp(5_000);

/// A token; or an access key and the texts of a session, in a line each.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let opened = open(&input, ACCESS_KEY, &[KEY, OLDER], Timestamp(0));
    assert_eq!(opened, Err(SessionError::Invalid), "a token that nobody sealed");
    let mut lines = input.splitn(4, '\n');
    let [access_key, name, policy, tag] =
        std::array::from_fn(|_| lines.next().unwrap_or_default().to_owned());
    let session = session(access_key, name, policy, tag);
    if let Ok(token) = seal(&session, &KEY) {
        let key = &*session.access_key;
        assert_eq!(open(&token, key, &[OLDER, KEY], Timestamp(4_999)), Ok(session.clone()));
        assert_eq!(open(&token, key, &[KEY], EXPIRES), Err(SessionError::Expired));
        assert_eq!(open(&token, key, &[OLDER], Timestamp(0)), Err(SessionError::Invalid));
        assert_eq!(open(&token, &format!("{key}x"), &[KEY], Timestamp(0)), Err(SessionError::Invalid));
        assert_eq!(open(&changed(&token, data.len()), key, &[KEY], Timestamp(0)), Err(SessionError::Invalid));
    }
}

fn session(access_key: String, name: String, policy: String, tag: String) -> Session {
    Session {
        account: "123456789012".to_owned(),
        access_key,
        secret: "secret".to_owned(),
        issued: Timestamp(1_000),
        expires: EXPIRES,
        principal: SessionPrincipal::Role { name, id: "AROA1".to_owned(), session: "s".to_owned() },
        policies: vec![policy],
        policy_arns: Vec::new(),
        tags: vec![("team".to_owned(), tag)],
    }
}

/// With another character somewhere before the end, whose bits all count.
fn changed(token: &str, seed: usize) -> String {
    let at = seed % (token.len() - 4);
    let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
    [&token[..at], other, &token[at + 1..]].concat()
}

/// What looks like a token, and sessions to seal.
pub fn corpus() -> Vec<Vec<u8>> {
    let token =
        seal(&session(ACCESS_KEY.to_owned(), "r".to_owned(), "{}".to_owned(), "a".to_owned()), &[9; 32]);
    let texts = format!("{ACCESS_KEY}\nrole\n{{\"Version\":\"2012-10-17\",\"Statement\":[]}}\né\"\\");
    let long = format!("{ACCESS_KEY}\n{}", "A".repeat(9_000));
    [token.unwrap_or_default(), texts, long, "AQ==".to_owned()].map(String::into_bytes).to_vec()
}
