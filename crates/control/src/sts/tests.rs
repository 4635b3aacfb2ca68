use stagedoor_base::Timestamp;

use crate::keys::KeyRing;
use crate::testing::{House, NOW};

/// What stands between two tags.
fn element<'a>(body: &'a str, name: &str) -> &'a str {
    let (_, rest) = body.split_once(&format!("<{name}>")).unwrap();
    rest.split_once("</").unwrap().0
}

fn after(seconds: u64) -> Timestamp {
    Timestamp(NOW.0 + seconds * 1000)
}

#[test]
fn a_token_expires() {
    let house = House::new();
    let answer = house.call("POST", "/", "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900");
    let (key, token) = (element(&answer.body, "AccessKeyId"), element(&answer.body, "SessionToken"));
    assert_eq!(element(&answer.body, "Expiration"), "2023-11-14T22:28:20Z");
    let find = |key: &str, now| KeyRing::default().find(house.store(), key, Some(token), now);
    assert!(find(key, after(899)).unwrap().is_some());
    assert!(find("ASIA0000000000000000", after(0)).unwrap().is_none());
    let Err(expired) = find(key, after(900)) else { panic!("the token is still good") };
    assert_eq!((expired.status(), expired.code()), (403, "ExpiredTokenException"));
}

#[test]
fn a_root_session_lasts_an_hour_at_most() {
    let answer =
        House::new().call("POST", "/", "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=129600");
    assert_eq!(element(&answer.body, "Expiration"), "2023-11-14T23:13:20Z");
}

#[test]
fn a_key_without_its_token_is_nobodys() {
    let house = House::new();
    let answer = house.call("POST", "/", "Action=GetSessionToken&Version=2011-06-15");
    let key = element(&answer.body, "AccessKeyId");
    assert!(KeyRing::default().find(house.store(), key, None, NOW).unwrap().is_none());
}
