//! Who signs, looked up as requests claim it.

use std::sync::Arc;

use stagedoor_auth::policy::{AwsIdentity, Kind, Policy};
use stagedoor_auth::session::{Session, SessionPrincipal, seal};
use stagedoor_auth::sigv4::{Secret, SigV4Error, Wanted};
use stagedoor_base::{AccountId, Timestamp};

use super::{Entries, Foundations, Holder, HolderKind, Identities, Permissions, Signatory, compiled};

const NOW: Timestamp = Timestamp(1_000_000);
const SEALS: [u8; 32] = [3; 32];
const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

fn wanted<'a>(access_key: &'a str, session_token: Option<&'a str>) -> Wanted<'a> {
    Wanted { access_key, date: "20261122", region: "us-east-1", service: "execute-api", session_token }
}

fn holder(id: &str, name: &str, kind: HolderKind) -> Arc<Holder> {
    let permissions =
        Permissions { identity: compiled("p", ALLOW, Kind::Identity).map(|it| vec![it]), boundary: Ok(None) };
    let arn = format!("arn:aws:iam::123456789012:any/{name}").into();
    let tags = vec![("team".to_owned(), "blue".to_owned())];
    let (account, id, name) = ("123456789012".into(), id.into(), name.into());
    Arc::new(Holder { account, id, arn, name, kind, tags, permissions })
}

fn role(id: &str) -> Arc<Holder> {
    holder(id, "r", HolderKind::Role { trust: Err("nobody".into()) })
}

fn entries(role_id: &str) -> Entries {
    let user = holder("AIDA1", "ann", HolderKind::User);
    let signatory = Signatory::user("AKIA1", Secret::from("s"), Arc::clone(&user));
    let keys = vec![("AKIA1".into(), Arc::new(signatory))];
    Entries { keys, users: vec![user], roles: vec![role(role_id)], policies: Vec::new() }
}

fn identities() -> (Identities, Entries) {
    let identities = Identities::default();
    let first = entries("AROA1");
    identities.replace(&Entries::default(), &first);
    identities.found(Foundations {
        roots: Box::new(|key| {
            (key == "test").then(|| (AccountId::from("000000000000"), Secret::from("test")))
        }),
        session_keys: vec![SEALS],
    });
    (identities, first)
}

fn session(principal: SessionPrincipal) -> Session {
    Session {
        account: "123456789012".to_owned(),
        access_key: "ASIA1".to_owned(),
        secret: "t".to_owned(),
        issued: Timestamp(0),
        expires: Timestamp(NOW.0 + 1),
        principal,
        policies: Vec::new(),
        policy_arns: Vec::new(),
        tags: vec![("team".to_owned(), "red".to_owned())],
    }
}

fn of_role(id: &str) -> Session {
    let (name, id) = ("r".to_owned(), id.to_owned());
    session(SessionPrincipal::Role { name, id, session: "job".to_owned() })
}

/// The ARN of whoever signs, once the signature is good.
fn signer(identities: &Identities, wanted: &Wanted<'_>, now: Timestamp) -> Result<String, SigV4Error> {
    let (_, candidate) = identities.candidate(wanted, now)?;
    Ok(identities.proved(candidate).by.user_arn.to_string())
}

#[test]
fn users_roots_and_sessions_sign() {
    let (identities, _) = identities();
    let token = seal(&of_role("AROA1"), &SEALS).unwrap();
    for _ in 0..2 {
        for (key, token, expected) in [
            ("AKIA1", None, "arn:aws:iam::123456789012:any/ann"),
            ("test", None, "arn:aws:iam::000000000000:root"),
            ("test", Some("any"), "arn:aws:iam::000000000000:root"),
            ("ASIA1", Some(token.as_str()), "arn:aws:sts::123456789012:assumed-role/r/job"),
        ] {
            let found = signer(&identities, &wanted(key, token), NOW);
            assert_eq!(found.as_deref(), Ok(expected), "{key} {token:?}");
        }
    }
}

#[test]
fn nobody_else_does() {
    let (identities, _) = identities();
    let token = seal(&of_role("AROA1"), &SEALS).unwrap();
    let forged = seal(&of_role("AROA1"), &[4; 32]).unwrap();
    signer(&identities, &wanted("ASIA1", Some(&token)), NOW).unwrap();
    for (key, token) in [
        ("AKIA2", None),
        ("AKIA1", Some(token.as_str())),
        ("ASIA1", None),
        ("ASIA1", Some("")),
        ("ASIA1", Some(forged.as_str())),
        ("ASIA2", Some(token.as_str())),
    ] {
        let found = signer(&identities, &wanted(key, token), NOW);
        assert_eq!(found, Err(SigV4Error::UnknownKey), "{key} {token:?}");
    }
    for _ in 0..2 {
        let late = signer(&identities, &wanted("ASIA1", Some(&token)), Timestamp(NOW.0 + 1));
        assert_eq!(late, Err(SigV4Error::ExpiredToken));
    }
}

#[test]
fn a_session_ends_with_its_role() {
    let (identities, first) = identities();
    let token = seal(&of_role("AROA1"), &SEALS).unwrap();
    let of_session = wanted("ASIA1", Some(&token));
    signer(&identities, &of_session, NOW).unwrap();
    // The same name, another role.
    let second = entries("AROA2");
    identities.replace(&first, &second);
    assert_eq!(signer(&identities, &of_session, NOW), Err(SigV4Error::UnknownKey));
    assert!(identities.role("arn:aws:iam::123456789012:any/r").is_some());
    identities.replace(&second, &Entries::default());
    assert!(identities.role("arn:aws:iam::123456789012:any/r").is_none());
    assert_eq!(signer(&identities, &wanted("AKIA1", None), NOW), Err(SigV4Error::UnknownKey));
}

#[test]
fn before_they_are_told_nobody_has_foundations() {
    let found = signer(&Identities::default(), &wanted("test", None), NOW);
    assert_eq!(found, Err(SigV4Error::UnknownKey));
}

#[test]
fn policies_see_the_session_and_its_holder() {
    let (identities, _) = identities();
    let bounded = Session { policies: vec![ALLOW.to_owned()], ..of_role("AROA1") };
    let token = seal(&bounded, &SEALS).unwrap();
    let (_, candidate) = identities.candidate(&wanted("ASIA1", Some(&token)), NOW).unwrap();
    let signed = candidate.signatory.signed().unwrap();
    assert_eq!(signed.principal.user_id, "AROA1:job");
    let role_arn = "arn:aws:iam::123456789012:any/r";
    assert_eq!(signed.principal.identity, AwsIdentity::Session { role_arn });
    assert_eq!(signed.principal.tags[0].1, "red");
    assert_eq!((signed.identity.len(), signed.session.map(<[_]>::len)), (1, Some(1)));
    assert!(!signed.unrestricted);
}

#[test]
fn what_cannot_be_read_allows_nothing() {
    let (identities, _) = identities();
    for session in [
        Session { policies: vec!["{".to_owned()], ..of_role("AROA1") },
        Session { policy_arns: vec!["arn:aws:iam::123456789012:policy/gone".to_owned()], ..of_role("AROA1") },
    ] {
        let token = seal(&session, &SEALS).unwrap();
        let (_, candidate) = identities.candidate(&wanted("ASIA1", Some(&token)), NOW).unwrap();
        assert!(candidate.signatory.signed().is_err(), "{session:?}");
    }
    assert!(compiled("p", "{", Kind::Identity).is_err());
    assert!(Policy::parse(ALLOW, Kind::Session).is_ok());
}

#[test]
fn what_is_kept_at_hand_is_bounded() {
    let (identities, _) = identities();
    let found = identities.keys.get("AKIA1").unwrap();
    for day in 10..30 {
        let date = format!("202611{day}");
        let wanted = Wanted { date: &date, ..wanted("AKIA1", None) };
        signer(&identities, &wanted, NOW).unwrap();
    }
    assert!(found.keeps() <= 4);
    // Only good signatures are worth it.
    let unproved = Wanted { date: "20261231", ..wanted("AKIA1", None) };
    let before = found.keeps();
    drop(identities.candidate(&unproved, NOW).unwrap());
    assert_eq!(found.keeps(), before);
    assert_eq!(identities.recent.len(), 0);
    for number in 0..5_000 {
        let session = Session { access_key: format!("ASIA{number}"), ..session(SessionPrincipal::Root) };
        let token = seal(&session, &SEALS).unwrap();
        signer(&identities, &wanted(&session.access_key, Some(&token)), NOW).unwrap();
    }
    assert!((1..=4096).contains(&identities.recent.len()));
}
