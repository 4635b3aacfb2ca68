//! Declarations against a temporary store.

use stagedoor_base::StageName;
use stagedoor_model::{CacheClusterSize, Runtime};

use super::{Declaration, DeclareError, Declared, DeclaredApi, DeclaredFunction, DeclaredSetting};
use crate::testing::{House, patch, scope};

const PETS: &str = r#"{"swagger":"2.0","info":{"title":"pets"},"paths":{"/pets/{id}":{"get":{"responses":{"200":{"description":"ok"}},
"x-amazon-apigateway-request-validator":"all",
"x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${stageVariables.fn}/invocations"}}}},
"x-amazon-apigateway-request-validators":{"all":{"validateRequestBody":false}},
"definitions":{"Pet":{"type":"object"}}}"#;

fn declaration(document: &str) -> Declaration {
    Declaration {
        file_name: "stagedoor.yaml".to_owned(),
        apis: vec![DeclaredApi {
            id: "pets".into(),
            file_name: "pets.json".to_owned(),
            document: document.as_bytes().to_vec(),
            stage: StageName::from("live"),
            variables: [("fn".to_owned(), "getpet".to_owned())].into_iter().collect(),
            cache_cluster_size: None,
            method_settings: Vec::new(),
        }],
        identities: Vec::new(),
        api_keys: Vec::new(),
        usage_plans: Vec::new(),
        functions: vec![DeclaredFunction {
            name: "getpet".to_owned(),
            runtime: Runtime::Python { minor: 13 },
            handler: "app.handler".to_owned(),
            directory: "/srv/pets".into(),
            environment: stagedoor_model::Map::new(),
            timeout_seconds: 3,
            memory_mb: 128,
            layers: Vec::new(),
            reserved_concurrency: None,
            endpoint: None,
        }],
    }
}

fn declare(house: &House, declaration: Declaration) -> Result<Declared, DeclareError> {
    house.block_on(house.control.declare(scope(), declaration))
}

#[test]
fn a_declared_api_is_deployed_and_may_call_its_functions() {
    let house = House::new();
    let declared = declare(&house, declaration(PETS)).unwrap();
    assert!(declared.apis[0].changed);
    assert_eq!(declared.changed_functions, ["getpet"]);
    let stage = house.call("GET", "/restapis/pets/stages/live", "");
    assert_eq!(stage.text("/deploymentId"), declared.apis[0].deployment.as_str());
    assert_eq!(stage.text("/variables/fn"), "getpet");
    let function = house.store().function(&scope(), "getpet").unwrap().unwrap().value;
    let statements = &function.policies[&None].statements;
    assert_eq!(statements.len(), 1);
    assert_eq!(
        statements[0].source_arn.as_deref(),
        Some("arn:aws:execute-api:us-east-1:000000000000:pets/*/GET/pets/*")
    );
}

#[test]
fn declaring_the_same_again_changes_nothing() {
    let house = House::new();
    let first = declare(&house, declaration(PETS)).unwrap();
    let published = house.published.lock().unwrap().len();
    let second = declare(&house, declaration(PETS)).unwrap();
    assert!(!second.apis[0].changed && second.changed_functions.is_empty());
    assert_eq!(second.apis[0].deployment, first.apis[0].deployment);
    assert_eq!(house.published.lock().unwrap().len(), published);
}

#[test]
fn another_document_is_another_deployment_and_the_old_one_goes() {
    let house = House::new();
    let first = declare(&house, declaration(PETS)).unwrap();
    let second = declare(&house, declaration(&PETS.replace("/pets/", "/cats/"))).unwrap();
    assert_ne!(second.apis[0].deployment, first.apis[0].deployment);
    let deployments = house.call("GET", "/restapis/pets/deployments", "");
    assert_eq!(deployments.text("/item/0/id"), second.apis[0].deployment.as_str());
    assert_eq!(deployments.text("/item/1/id"), "");
    assert_eq!(house.call("GET", "/restapis/pets/resources", "").text("/item/1/path"), "/cats");
}

#[test]
fn what_the_document_no_longer_says_is_gone() {
    let house = House::new();
    let long = PETS.replace(r#""title":"pets""#, r#""title":"pets","description":"d""#);
    declare(&house, declaration(&long)).unwrap();
    assert_eq!(house.call("GET", "/restapis/pets", "").text("/description"), "d");
    declare(&house, declaration(PETS)).unwrap();
    assert!(!house.call("GET", "/restapis/pets", "").body.contains("description"));
}

#[test]
fn variables_change_without_a_deployment() {
    let house = House::new();
    let first = declare(&house, declaration(PETS)).unwrap();
    let mut other = declaration(PETS);
    other.apis[0].variables.insert("fn".to_owned(), "other".to_owned());
    let second = declare(&house, other).unwrap();
    assert!(second.apis[0].changed);
    assert_eq!(second.apis[0].deployment, first.apis[0].deployment);
    assert_eq!(house.call("GET", "/restapis/pets/stages/live", "").text("/variables/fn"), "other");
}

#[test]
fn calls_may_not_change_what_a_file_declares() {
    let house = House::new();
    let deployment = declare(&house, declaration(PETS)).unwrap().apis[0].deployment.clone();
    let message = "This entity is declared in pets.json, which alone may change it. Edit the file instead.";
    let root = house.root("pets");
    let id = house.call("GET", "/restapis/pets/resources", "").text("/item/1/id");
    let rename = patch("replace", "/name", Some("x"));
    let tags = r#"{"tags":{"a":"b"}}"#;
    let deploy = format!(r#"{{"stageName":"s","deploymentId":"{deployment}"}}"#);
    for (method, target, body) in [
        ("PATCH", "/restapis/pets", rename.as_str()),
        ("DELETE", "/restapis/pets", ""),
        ("PUT", "/restapis/pets", PETS),
        ("POST", &format!("/restapis/pets/resources/{root}"), r#"{"pathPart":"x"}"#),
        ("PUT", &format!("/restapis/pets/resources/{id}/methods/PUT"), r#"{"authorizationType":"NONE"}"#),
        ("POST", "/restapis/pets/deployments", "{}"),
        ("POST", "/restapis/pets/stages", &deploy),
        ("PATCH", "/restapis/pets/stages/live", &patch("replace", "/description", Some("x"))),
        ("DELETE", "/restapis/pets/stages/live", ""),
        ("PUT", "/tags/arn:aws:apigateway:us-east-1::/restapis/pets", tags),
        ("PUT", "/tags/arn:aws:apigateway:us-east-1::/restapis/pets/stages/live", tags),
    ] {
        house.refuses_bad((method, target, body), message);
    }
}

#[test]
fn what_is_no_longer_declared_goes_and_what_calls_made_stays() {
    let house = House::new();
    declare(&house, declaration(PETS)).unwrap();
    house.call("POST", "/restapis", r#"{"name":"own","tags":{"_custom_id_":"own"}}"#);
    let nothing = Declaration {
        file_name: "stagedoor.yaml".to_owned(),
        apis: Vec::new(),
        functions: Vec::new(),
        identities: Vec::new(),
        api_keys: Vec::new(),
        usage_plans: Vec::new(),
    };
    declare(&house, nothing).unwrap();
    assert_eq!(house.call("GET", "/restapis/pets", "").status, 404);
    assert_eq!(house.call("GET", "/restapis/own", "").status, 200);
    assert!(house.store().function(&scope(), "getpet").unwrap().is_none());
}

#[test]
fn a_wrong_document_names_the_place_and_changes_nothing() {
    let house = House::new();
    declare(&house, declaration(PETS)).unwrap();
    let wrong = PETS.replace("\"POST\"", "\"NOPE\"");
    let Err(DeclareError::Document(findings)) = declare(&house, declaration(&wrong)) else {
        panic!("accepted")
    };
    assert_eq!((findings[0].file.as_str(), findings[0].line), ("pets.json", 3));
    assert_eq!(house.call("GET", "/restapis/pets/stages/live", "").status, 200);
    let Err(DeclareError::Document(_)) = declare(&house, declaration("{")) else { panic!("accepted") };
}

#[test]
fn one_wrong_document_keeps_everything_as_it_was() {
    let house = House::new();
    let with_cats = |pets: &str, cats: &str| {
        let mut two = declaration(pets);
        let cats = DeclaredApi { id: "cats".into(), document: cats.into(), ..two.apis[0].clone() };
        two.apis.push(cats);
        two
    };
    declare(&house, with_cats(PETS, PETS)).unwrap();
    let published = house.published.lock().unwrap().len();
    let mut wrong = with_cats(&PETS.replace("/pets/", "/dogs/"), &PETS.replace("\"POST\"", "\"NOPE\""));
    wrong.functions[0].timeout_seconds = 9;
    assert!(matches!(declare(&house, wrong), Err(DeclareError::Document(_))));
    assert_eq!(house.published.lock().unwrap().len(), published);
    assert_eq!(house.call("GET", "/restapis/pets/resources", "").text("/item/1/path"), "/pets");
    let function = house.store().function(&scope(), "getpet").unwrap().unwrap().value;
    assert_eq!(function.function.latest.configuration.timeout_seconds, 3);
}

#[test]
fn reservations_that_leave_nothing_are_refused() {
    let house = House::new();
    let reserving = |counts: &[Option<u32>]| {
        let mut declaration = declaration(PETS);
        let one = declaration.functions[0].clone();
        let others = counts.iter().enumerate().map(|(number, reserved)| {
            let name = if number == 0 { one.name.clone() } else { format!("f{number}") };
            DeclaredFunction { name, reserved_concurrency: *reserved, ..one.clone() }
        });
        declaration.functions = others.collect();
        declaration
    };
    assert!(declare(&house, reserving(&[Some(600), None])).is_ok());
    let refused = declare(&house, reserving(&[Some(600), Some(400), None])).unwrap_err();
    assert!(refused.to_string().contains("functions reserve 1000 of the 1000 calls"), "{refused}");
    assert!(house.store().function(&scope(), "f2").unwrap().is_none(), "nothing of it was applied");
    assert!(
        declare(&house, reserving(&[Some(500), Some(499), None])).is_ok(),
        "what was declared before goes"
    );
}

#[test]
fn a_function_made_by_calls_keeps_everything_as_it_was() {
    let house = House::new();
    declare(&house, declaration(PETS)).unwrap();
    let mut other = declaration(&PETS.replace("/pets/", "/dogs/"));
    let own = r#"{"FunctionName":"own","Role":"arn:aws:iam::000000000000:role/r","Runtime":"python3.13","Handler":"a.b","Code":{"ZipFile":"UEs="}}"#;
    assert_eq!(house.call("POST", "/2015-03-31/functions", own).status, 201);
    other.functions.push(DeclaredFunction { name: "own".to_owned(), ..other.functions[0].clone() });
    let error = declare(&house, other).unwrap_err().to_string();
    assert_eq!(
        error,
        "function own: a function with this name was made by calls; delete it, or declare another name"
    );
    assert_eq!(house.call("GET", "/restapis/pets/resources", "").text("/item/1/path"), "/pets");
}

#[test]
fn an_api_made_by_calls_is_not_taken_over() {
    let house = House::new();
    house.call("POST", "/restapis", r#"{"name":"own","tags":{"_custom_id_":"pets"}}"#);
    let error = declare(&house, declaration(PETS)).unwrap_err().to_string();
    assert_eq!(
        error,
        "API pets (pets.json): an API with this id was made by calls; delete it, or declare another id"
    );
}

mod metered {
    use stagedoor_base::{ApiId, Timestamp};
    use stagedoor_model::{ApiKey, Map, PlanStage, SecretText, UsagePlan};

    use super::{Declaration, House, PETS, declaration, declare, patch};
    use crate::declare::DeclaredPlan;

    fn key(id: &str) -> ApiKey {
        ApiKey {
            id: id.into(),
            value: SecretText::from(format!("the value of the key {id}")),
            name: Some(id.to_owned()),
            description: None,
            customer_id: None,
            enabled: true,
            stage_keys: Vec::new(),
            tags: Map::new(),
            created: Timestamp(0),
            last_updated: Timestamp(0),
            declared_in: Some("stagedoor.yaml".to_owned()),
        }
    }

    fn plan(id: &str, stages: &[(&str, &str)], keys: &[&str]) -> DeclaredPlan {
        let stage = |(api, stage): &(&str, &str)| PlanStage {
            api: ApiId::from(*api),
            stage: (*stage).into(),
            throttle: Map::new(),
        };
        let plan = UsagePlan {
            id: id.into(),
            name: id.to_owned(),
            description: None,
            api_stages: stages.iter().map(stage).collect(),
            throttle: None,
            quota: None,
            product_code: None,
            tags: Map::new(),
            declared_in: Some("stagedoor.yaml".to_owned()),
        };
        DeclaredPlan { plan, keys: keys.iter().map(|key| (*key).into()).collect() }
    }

    fn metered(keys: &[&str], plans: Vec<DeclaredPlan>) -> Declaration {
        let api_keys = keys.iter().map(|id| key(id)).collect();
        Declaration { api_keys, usage_plans: plans, ..declaration(PETS) }
    }

    const LIVE: &[(&str, &str)] = &[("pets", "live")];

    fn members(house: &House, plan: &str) -> Vec<String> {
        let body = house.call("GET", &format!("/usageplans/{plan}/keys"), "").body;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let ids = body["item"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids
    }

    #[test]
    fn keys_and_plans_are_made_changed_and_removed() {
        let house = House::new();
        let declared = |keys: &[&str], of_plan: &[&str]| {
            declare(&house, metered(keys, vec![plan("gold", LIVE, of_plan)])).unwrap().changed_metering
        };
        assert!(declared(&["a", "b"], &["a", "b"]));
        assert_eq!(members(&house, "gold"), ["a", "b"]);
        let published = house.published.lock().unwrap().len();
        assert!(!declared(&["a", "b"], &["a", "b"]));
        assert_eq!(house.published.lock().unwrap().len(), published, "nothing changed");
        assert!(declared(&["a", "b", "c"], &["b", "c"]));
        assert_eq!(members(&house, "gold"), ["b", "c"]);
        assert!(declared(&["c"], &["c"]));
        assert_eq!(members(&house, "gold"), ["c"]);
        assert_eq!(house.call("GET", "/apikeys/b", "").status, 404);
        assert!(declare(&house, declaration(PETS)).unwrap().changed_metering);
        assert_eq!(house.call("GET", "/apikeys", "").body, r#"{"item":[]}"#);
        assert_eq!(house.call("GET", "/usageplans", "").body, r#"{"item":[]}"#);
    }

    #[test]
    fn only_the_file_changes_what_it_declares_and_calls_may_add_keys_of_their_own() {
        let house = House::new();
        declare(&house, metered(&["a"], vec![plan("gold", LIVE, &["a"])])).unwrap();
        let value = "a-value-of-20-letters-or-more";
        let made = house.call("POST", "/apikeys", &format!(r#"{{"value":"{value}"}}"#)).text("/id");
        let name = patch("replace", "/name", Some("x"));
        let csv = "name,key\nx,the value of the key a\n";
        for (method, target, body) in [
            ("PATCH", "/apikeys/a", name.as_str()),
            ("DELETE", "/apikeys/a", ""),
            ("PATCH", "/usageplans/gold", &name),
            ("DELETE", "/usageplans/gold", ""),
            ("DELETE", "/usageplans/gold/keys/a", ""),
            ("PUT", "/tags/arn:aws:apigateway:us-east-1::/apikeys/a", r#"{"tags":{"a":"b"}}"#),
            ("POST", "/apikeys?mode=import&format=csv&failonwarnings=true", csv),
        ] {
            let answer = house.call(method, target, body);
            assert_eq!(answer.status, 400, "{method} {target} {}", answer.body);
            assert!(answer.body.contains("is declared in stagedoor.yaml"), "{}", answer.body);
        }
        let body = format!(r#"{{"keyId":"{made}","keyType":"API_KEY"}}"#);
        assert_eq!(house.call("POST", "/usageplans/gold/keys", &body).status, 201);
        declare(&house, metered(&["a", "b"], vec![plan("gold", LIVE, &["b"])])).unwrap();
        let mut expected = vec!["b".to_owned(), made];
        expected.sort();
        assert_eq!(members(&house, "gold"), expected);
    }

    #[test]
    fn declarations_that_cannot_be_are_refused_whole() {
        let house = House::new();
        let value = "the value of the key taken";
        let body = format!(r#"{{"value":"{value}"}}"#);
        let id = house.call("POST", "/apikeys", &body).text("/id");
        let check = |declared: Declaration, expected: &str| {
            let refused = declare(&house, declared).unwrap_err().to_string();
            assert_eq!(refused, expected);
            assert_eq!(house.call("GET", "/restapis", "").body, r#"{"item":[]}"#, "something was applied");
        };
        check(metered(&["taken"], vec![]), &format!("API key taken: the API key {id} has this value"));
        check(
            metered(&["a"], vec![plan("gold", &[("pets", "dead")], &["a"])]),
            "usage plan gold: the API pets has no stage dead",
        );
        check(
            metered(&[], vec![plan("gold", LIVE, &["a"])]),
            "usage plan gold: there is no API key a under `api_keys`",
        );
        check(
            metered(&["a"], vec![plan("gold", LIVE, &["a"]), plan("silver", LIVE, &["a"])]),
            "usage plans: API Key a is already subscribed to API Stage pets:live in Usage Plan gold",
        );
    }

    #[test]
    fn an_api_that_is_no_longer_declared_leaves_the_plans_of_calls() {
        let house = House::new();
        declare(&house, declaration(PETS)).unwrap();
        let body = r#"{"name":"p","apiStages":[{"apiId":"pets","stage":"live"}]}"#;
        let plan = house.call("POST", "/usageplans", body).text("/id");
        declare(&house, Declaration { apis: Vec::new(), ..declaration(PETS) }).unwrap();
        assert!(house.call("GET", &format!("/usageplans/{plan}"), "").body.contains(r#""apiStages":[]"#));
    }
}

fn setting(method: Option<&str>, path: &'static str, value: &str) -> DeclaredSetting {
    DeclaredSetting {
        method: method.map(|verb| (verb.to_owned(), "/pets/{id}".to_owned())),
        path,
        value: value.to_owned(),
    }
}

#[test]
fn a_stage_has_the_cache_and_the_settings_that_the_file_gives_it() {
    let house = House::new();
    let mut cached = declaration(PETS);
    cached.apis[0].cache_cluster_size = Some(CacheClusterSize::Gb1_6);
    cached.apis[0].method_settings = vec![
        setting(None, "throttling/rateLimit", "7.5"),
        setting(None, "logging/loglevel", "INFO"),
        setting(Some("GET"), "caching/enabled", "true"),
        setting(Some("GET"), "caching/ttlInSeconds", "60"),
    ];
    let first = declare(&house, cached.clone()).unwrap();
    let stage = || -> serde_json::Value {
        serde_json::from_str(&house.call("GET", "/restapis/pets/stages/live", "").body).unwrap()
    };
    let (found, method) = (stage(), "/methodSettings/~01pets~01{id}~1GET");
    for (pointer, expected) in [
        ("/cacheClusterSize".to_owned(), serde_json::json!("1.6")),
        ("/cacheClusterStatus".to_owned(), serde_json::json!("AVAILABLE")),
        (format!("{method}/cachingEnabled"), serde_json::json!(true)),
        (format!("{method}/cacheTtlInSeconds"), serde_json::json!(60)),
        (format!("{method}/throttlingRateLimit"), serde_json::json!(7.5)),
    ] {
        assert_eq!(found.pointer(&pointer), Some(&expected), "{pointer} of {found}");
    }
    assert!(!declare(&house, cached).unwrap().apis[0].changed);
    // What the file no longer says is gone, without a deployment.
    let second = declare(&house, declaration(PETS)).unwrap();
    assert_eq!((second.apis[0].changed, &second.apis[0].deployment), (true, &first.apis[0].deployment));
    let found = stage();
    assert_eq!(found.pointer("/methodSettings"), Some(&serde_json::json!({})), "{found}");
    assert_eq!(found.pointer("/cacheClusterStatus"), Some(&serde_json::json!("NOT_AVAILABLE")));
}

#[test]
fn settings_that_could_do_nothing_are_refused() {
    for (setting, expected) in [
        (
            setting(Some("POST"), "caching/enabled", "true"),
            "there is no method POST /pets/{id} to have settings",
        ),
        (setting(Some("get"), "caching/enabled", "true"), "there is no method get /pets/{id}"),
        (setting(None, "caching/ttlInSeconds", "3601"), "Cache TTL must be between 0 and 3600 seconds"),
        (setting(None, "throttling/rateLimit", "fast"), "Throttling rate limit must be a number"),
        (setting(None, "logging/loglevel", "LOUD"), "LoggingLevel"),
    ] {
        let mut wrong = declaration(PETS);
        wrong.apis[0].method_settings = vec![setting];
        let refusal = declare(&House::new(), wrong).unwrap_err().to_string();
        assert!(refusal.contains(expected) && refusal.contains("pets.json"), "{refusal}");
    }
}
