//! Sentences and their order, references, bad schemas, hostile ones.

use std::sync::Arc;

use super::{Schema, SchemaError, ValidationProblem, Work};
use crate::{Value, parse};

fn compiled(schema: &str) -> Result<Schema, SchemaError> {
    let models = |url: &str| {
        let text = match url.strip_prefix("https://models/")? {
            "Pet" => {
                r#"{"type":"object","required":["name"],"properties":{"friends":{"$ref":"https://models/Pets"}}}"#
            }
            "Pets" => r#"{"type":"array","items":{"$ref":"https://models/Pet"}}"#,
            "Here" => r##"{"definitions":{"a b":{"type":"null"}},"$ref":"#/definitions/a%20b"}"##,
            _ => return None,
        };
        Some(Arc::new(parse(text).unwrap()))
    };
    Schema::compile(Arc::new(parse(schema).unwrap()), &models)
}

fn found(schema: &str, value: &str) -> Vec<String> {
    let schema = compiled(schema).unwrap_or_else(|error| panic!("{schema}: {error}"));
    schema.validate(&parse(value).unwrap(), Work::for_text(0)).unwrap()
}

fn check(schema: &str, value: &str, expected: &[&str]) {
    assert_eq!(found(schema, value), expected, "{schema} {value}");
}

#[test]
fn each_keyword_has_its_sentence() {
    for (schema, value, expected) in [
        (r#"{"required":["a","b"]}"#, "{}", r#"object has missing required properties (["a","b"])"#),
        (
            r#"{"required":["z","a","b"]}"#,
            r#"{"a":1}"#,
            r#"object has missing required properties (["z","b"])"#,
        ),
        (
            r#"{"additionalProperties":false,"properties":{"a":{}}}"#,
            r#"{"foo":1,"a":2,"bar":3}"#,
            r#"object instance has properties which are not allowed by the schema: ["bar","foo"]"#,
        ),
        (
            r#"{"type":"integer"}"#,
            r#""x""#,
            r#"instance type (string) does not match any allowed primitive type (allowed: ["integer"])"#,
        ),
        (
            r#"{"type":["object","number"]}"#,
            "null",
            r#"instance type (null) does not match any allowed primitive type (allowed: ["integer","number","object"])"#,
        ),
        (
            r#"{"type":"integer"}"#,
            "1.0",
            r#"instance type (number) does not match any allowed primitive type (allowed: ["integer"])"#,
        ),
        (
            r#"{"enum":["a","b"]}"#,
            r#""x""#,
            r#"instance value ("x") not found in enum (possible values: ["a","b"])"#,
        ),
        (
            r#"{"enum":[{"a":[1.50,null]}]}"#,
            "1e3",
            r#"instance value (1E+3) not found in enum (possible values: [{"a":[1.50,null]}])"#,
        ),
        (r#"{"minLength":3}"#, r#""a""#, r#"string "a" is too short (length: 1, required minimum: 3)"#),
        (
            r#"{"maxLength":3}"#,
            r#""\ud83d\ude00bcd""#,
            "string \"😀bcd\" is too long (length: 4, maximum allowed: 3)",
        ),
        (r#"{"pattern":"^a"}"#, r#""b""#, r#"ECMA 262 regex "^a" does not match input string "b""#),
        (
            r#"{"minimum":1}"#,
            "0",
            "numeric instance is lower than the required minimum (minimum: 1, found: 0)",
        ),
        (
            r#"{"maximum":10}"#,
            "11.50",
            "numeric instance is greater than the required maximum (maximum: 10, found: 11.50)",
        ),
        (
            r#"{"minimum":1,"exclusiveMinimum":true}"#,
            "1",
            "numeric instance is not strictly greater than the required minimum 1",
        ),
        (
            r#"{"maximum":1,"exclusiveMaximum":true}"#,
            "1",
            "numeric instance is not strictly lower than the required maximum 1",
        ),
        (r#"{"multipleOf":0.01}"#, "100.001", "remainder of division is not zero (100.001 / 0.01)"),
        (
            r#"{"minItems":1}"#,
            "[]",
            "array is too short: must have at least 1 elements but instance has 0 elements",
        ),
        (
            r#"{"maxItems":1}"#,
            "[1,2]",
            "array is too long: must have at most 1 elements but instance has 2 elements",
        ),
        (r#"{"uniqueItems":true}"#, "[1,1.0]", "array must not contain duplicate elements"),
        (
            r#"{"items":[{}],"additionalItems":false}"#,
            "[1,2]",
            "additional items are not permitted (allowed: 1, found: 2)",
        ),
        (
            r#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#,
            "1",
            "instance failed to match exactly one schema (matched 0 out of 2)",
        ),
        (
            r#"{"anyOf":[{"type":"null"},{"type":"string"}]}"#,
            "1",
            "instance failed to match at least one required schema among 2",
        ),
        (
            r#"{"allOf":[{"type":"null"},{"type":"integer"}]}"#,
            "1",
            "instance failed to match all required schemas (matched only 1 out of 2)",
        ),
        (r#"{"not":{}}"#, "1", "instance matched a schema which it should not have"),
        (
            r#"{"minProperties":2}"#,
            r#"{"a":1}"#,
            "object has too few properties (found 1 but schema requires at least 2)",
        ),
        (
            r#"{"maxProperties":0}"#,
            r#"{"a":1}"#,
            "object has too many properties (found 1 but schema requires at most 0)",
        ),
        (
            r#"{"dependencies":{"a":["b","c"]}}"#,
            r#"{"a":1,"c":1}"#,
            r#"property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b"])"#,
        ),
        (r#"{"format":"email"}"#, r#""x""#, r#"string "x" is not a valid email address"#),
        (
            r#"{"format":"date-time"}"#,
            r#""x""#,
            "string \"x\" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]",
        ),
    ] {
        check(schema, value, &[expected]);
    }
}

#[test]
fn keywords_are_checked_in_alphabetical_order() {
    check(
        r#"{"pattern":"^z","minLength":3,"type":"integer","enum":["q"],"format":"email","maxLength":0}"#,
        r#""ab""#,
        &[
            r#"instance value ("ab") not found in enum (possible values: ["q"])"#,
            r#"string "ab" is too long (length: 2, maximum allowed: 0)"#,
            r#"string "ab" is too short (length: 2, required minimum: 3)"#,
            r#"ECMA 262 regex "^z" does not match input string "ab""#,
            r#"instance type (string) does not match any allowed primitive type (allowed: ["integer"])"#,
            r#"string "ab" is not a valid email address"#,
        ],
    );
}

#[test]
fn members_are_looked_at_while_the_report_is_clean() {
    const SCHEMA: &str = r#"{
        "required": ["a"],
        "properties": {
            "b": {"type": "object", "required": ["x"], "properties": {"y": {"type": "null"}}},
            "c": {"minimum": 5, "items": {"type": "null"}}
        }
    }"#;
    let missing = |name: &str| format!(r#"object has missing required properties (["{name}"])"#);
    check(SCHEMA, r#"{"b": 1, "c": 1}"#, &[&missing("a")]);
    let low = "numeric instance is lower than the required minimum (minimum: 5, found: 1)";
    check(SCHEMA, r#"{"c": 1, "b": {"y": 1}, "a": 1}"#, &[&missing("x"), low]);
    // What is wrong in `b` keeps the items of `c` from being looked at.
    check(SCHEMA, r#"{"c": [1], "b": {}, "a": 1}"#, &[&missing("x")]);
}

#[test]
fn references_lead_to_definitions_models_and_themselves() {
    let pet = r#"{"$ref":"https://models/Pet"}"#;
    check(pet, r#"{"name":"a","friends":[{"name":"b","friends":[{"name":"c"}]}]}"#, &[]);
    check(
        pet,
        r#"{"name":"a","friends":[{"name":"b","friends":[{}]}]}"#,
        &[r#"object has missing required properties (["name"])"#],
    );
    check(r#"{"$ref":"https://models/Here"}"#, "null", &[]);
    let tree = r##"{"properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##;
    check(tree, r#"{"next":{"next":{}}}"#, &[]);
    assert_eq!(found(tree, r#"{"next":{"last":{}}}"#).len(), 1);
    let nullable =
        r##"{"definitions":{"Id":{"type":"string"}},"oneOf":[{"type":"null"},{"$ref":"#/definitions/Id"}]}"##;
    check(nullable, "null", &[]);
    check(nullable, r#""x""#, &[]);
}

#[test]
fn schemas_that_draft_4_does_not_allow_are_refused() {
    for (schema, expected) in [
        ("[]", "#: a schema must be an object"),
        (r#"{"type":"strin"}"#, "#: type must be one of the seven types, or an array of them"),
        (r#"{"type":[]}"#, "#: type must be one of the seven types, or an array of them"),
        (
            r#"{"properties":{"a":{"required":true}}}"#,
            "#/properties/a: required must be an array of one different string at least",
        ),
        (r#"{"required":["a","a"]}"#, "#: required must be an array of one different string at least"),
        (r#"{"properties":{"a/b":1}}"#, "#/properties/a~1b: a schema must be an object"),
        (r#"{"minLength":-1}"#, "#: minLength must be a whole number, not negative"),
        (r#"{"multipleOf":0}"#, "#: multipleOf must be greater than zero"),
        (r#"{"allOf":[]}"#, "#: allOf must be an array of one schema at least"),
        (r#"{"pattern":"("}"#, r#"#: the pattern "(" is no regular expression"#),
        (r#"{"items":1}"#, "#/items: a schema must be an object"),
        (r##"{"$ref":"#"}"##, r##"#: $ref "#" leads back to itself"##),
        (r##"{"$ref":"#/definitions/X"}"##, r##"#: $ref "#/definitions/X" leads nowhere"##),
        (
            r#"{"items":{"$ref":"https://models/None"}}"#,
            r#"#/items: $ref "https://models/None" leads nowhere"#,
        ),
    ] {
        let error = compiled(schema).map(|_| ()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{schema}");
    }
}

#[test]
fn hostile_schemas_and_values_end() {
    let problem = |schema: &str, value: &Value, work| {
        compiled(schema).unwrap().validate(value, Work(work)).unwrap_err()
    };
    let loops = r##"{"allOf":[{"$ref":"#/definitions/A"}],"definitions":{"A":{"anyOf":[{"$ref":"#"}]}}}"##;
    assert_eq!(problem(loops, &Value::Null, 1_000), ValidationProblem::Loop);
    let both = |name: usize| {
        format!(
            r##""{name}":{{"allOf":[{{"$ref":"#/definitions/{0}"}},{{"$ref":"#/definitions/{0}"}}]}}"##,
            name + 1
        )
    };
    let bombs: Vec<String> = (0..40).map(both).collect();
    let bomb = format!(r##"{{"$ref":"#/definitions/0","definitions":{{{},"40":{{}}}}}}"##, bombs.join(","));
    assert_eq!(problem(&bomb, &Value::Null, 1_000_000), ValidationProblem::Work);
    let slow = r#"{"pattern":"^(a|a)*\\1c$"}"#;
    assert_eq!(problem(slow, &Value::from("a".repeat(64) + "b"), 1_000_000), ValidationProblem::Work);
    let deep = parse(&("[".repeat(390) + &"]".repeat(390))).unwrap();
    let nested = r##"{"items":{"$ref":"#"}}"##;
    assert_eq!(compiled(nested).unwrap().validate(&deep, Work::for_text(0)), Ok(Vec::new()));
    let chain = |name: usize| format!(r##""{name}":{{"allOf":[{{"$ref":"#/definitions/{}"}}]}}"##, name + 1);
    let chains: Vec<String> = (0..300).map(chain).collect();
    let long = format!(
        r##"{{"allOf":[{{"$ref":"#/definitions/0"}}],"definitions":{{{},"300":{{"items":{{"$ref":"#"}}}}}}}}"##,
        chains.join(",")
    );
    assert_eq!(problem(&long, &deep, u64::MAX), ValidationProblem::Work);
}

#[test]
fn reports_are_bounded() {
    let many = Value::from(vec![Value::from(1); 100_000]);
    let schema = compiled(r#"{"items":{"type":"string"}}"#).unwrap();
    assert_eq!(schema.validate(&many, Work::for_text(0)).unwrap().len(), 100);
    let long = Value::from("é".repeat(100_000));
    let sentences = compiled(r#"{"pattern":"x"}"#).unwrap().validate(&long, Work::for_text(0)).unwrap();
    assert!(sentences[0].len() < 5_000 && sentences[0].ends_with("..."));
}
