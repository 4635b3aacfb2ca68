//! The operations through the entry, past authentication.

use serde_json::{Value, json};

use crate::testing::{Answer, House};

const FUNCTIONS: &str = "/2015-03-31/functions";
pub(super) const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:";
/// base64 of `PK1`, which the test's port takes for a zip.
const ZIP: &str = "UEsx";
/// base64 of `PK2`.
const OTHER_ZIP: &str = "UEsy";

pub(super) fn creation() -> Value {
    json!({
        "FunctionName": "f", "Runtime": "python3.13", "Role": "arn:aws:iam::000000000000:role/r",
        "Handler": "app.handler", "Code": {"ZipFile": ZIP},
    })
}

pub(super) fn with(mut base: Value, more: &Value) -> String {
    let (Value::Object(base_members), Value::Object(more)) = (&mut base, more) else { panic!("objects") };
    base_members.extend(more.clone());
    base.to_string()
}

pub(super) fn house() -> House {
    let house = House::new();
    assert_eq!(house.call("POST", FUNCTIONS, &creation().to_string()).status, 201);
    house
}

pub(super) fn call(house: &House, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    house.call(method, &format!("{FUNCTIONS}{path}"), &body)
}

pub(super) fn get(house: &House, path: &str) -> Value {
    let answer = call(house, "GET", path, &Value::Null);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

pub(super) fn refuses(answer: &Answer, status: u16, code: &str, message: &str) {
    let expected = json!({"Type": "User", "Message": message}).to_string();
    assert_eq!(
        (answer.status, answer.error.as_str(), answer.body.as_str()),
        (status, code, expected.as_str())
    );
}

pub(super) fn refuses_parameter(answer: &Answer, message: &str) {
    refuses(answer, 400, "InvalidParameterValueException", message);
}

pub(super) fn finds_nothing(answer: &Answer, message: &str) {
    refuses(answer, 404, "ResourceNotFoundException", message);
}

#[test]
fn a_new_function_is_reported_with_every_default() {
    let answer = House::new().call("POST", FUNCTIONS, &creation().to_string());
    let mut report: Value = serde_json::from_str(&answer.body).unwrap();
    let report = report.as_object_mut().unwrap();
    assert_eq!(report.remove("RevisionId").unwrap().as_str().unwrap().len(), 36);
    report.remove("RuntimeVersionConfig").unwrap();
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    let expected = json!({
        "FunctionName": "f", "FunctionArn": format!("{ARN}f"), "Runtime": "python3.13",
        "Role": "arn:aws:iam::000000000000:role/r", "Handler": "app.handler", "CodeSize": 3, "Description": "",
        "Timeout": 3, "MemorySize": 128, "LastModified": "2023-11-14T22:13:20.000+0000",
        "CodeSha256": "Fql9r8eoZOap0R3qWZAdDvCOMBZw2RHXz7WyhmsoJe0=", "Version": "$LATEST",
        "TracingConfig": {"Mode": "PassThrough"}, "State": "Active", "LastUpdateStatus": "Successful",
        "PackageType": "Zip", "Architectures": [architecture], "EphemeralStorage": {"Size": 512},
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"},
    });
    assert_eq!(Value::Object(report.clone()), expected);
}

#[test]
fn a_name_is_taken_once() {
    let answer = house().call("POST", FUNCTIONS, &creation().to_string());
    refuses(&answer, 409, "ResourceConflictException", "Function already exist: f");
}

#[test]
fn creation_refuses_what_would_not_run() {
    let not_here =
        "is not supported here: functions run as processes of this machine without it. Leave it out.";
    let house = House::new();
    let cases = [
        (json!({"Runtime": null}), "Runtime and Handler are mandatory parameters for functions created with deployment packages.".to_owned()),
        (json!({"Runtime": "java21"}), "The runtime parameter of java21 is not supported here. These run: python3.x, nodejsNN.x, provided.al2, provided.al2023.".to_owned()),
        (json!({"MemorySize": 10241}), "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240".to_owned()),
        (json!({"Code": {"ZipFile": "bm8="}}), "no zip".to_owned()),
        (json!({"Code": {}}), "Please provide a source for function code.".to_owned()),
        (json!({"Code": {"S3Bucket": "bucket", "S3Key": "k"}}), "Code from S3 and container images are not supported here: upload the package as ZipFile.".to_owned()),
        (json!({"Code": {"ImageUri": "i"}}), "Code from S3 and container images are not supported here: upload the package as ZipFile.".to_owned()),
        (json!({"PackageType": "Image"}), "The value of PackageType is not supported here: images do not run. Upload the package as ZipFile.".to_owned()),
        (json!({"TracingConfig": {"Mode": "Active"}}), format!("The value of TracingConfig {not_here}")),
        (json!({"VpcConfig": {"SubnetIds": ["subnet-1"]}}), "The value of VpcConfig is not supported here: functions use this machine's network. Leave it out.".to_owned()),
        (json!({"EphemeralStorage": {"Size": 1024}}), format!("The value of EphemeralStorage {not_here}")),
        (json!({"LoggingConfig": {"LogFormat": "JSON"}}), "The value of LoggingConfig is not supported here: logs are text in the function's own group. Leave it out.".to_owned()),
        (json!({"DeadLetterConfig": {"TargetArn": "arn:aws:sqs:us-east-1:000000000000:q"}}), "The value of DeadLetterConfig is not supported here: an event that is given up is logged. Leave it out.".to_owned()),
        (json!({"SnapStart": {"ApplyOn": "PublishedVersions"}}), "The value of SnapStart is not supported here: processes stay warm after their first call. Leave it out.".to_owned()),
        (json!({"Layers": ["arn:aws:lambda:us-east-1:000000000000:layer:l:1"]}), "Layer version arn:aws:lambda:us-east-1:000000000000:layer:l:1 does not exist.".to_owned()),
        (json!({"FunctionName": "f:live"}), "The provided function name f:live is not valid for this operation".to_owned()),
    ];
    for (more, message) in cases {
        refuses_parameter(&house.call("POST", FUNCTIONS, &with(creation(), &more)), &message);
    }
    let long = house.call("POST", FUNCTIONS, &with(creation(), &json!({"Timeout": 901})).to_string());
    assert_eq!((long.status, long.error.as_str()), (400, "ValidationException"));
    assert_eq!(
        long.message(),
        "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900"
    );
    assert_eq!(get(&house, "")["Functions"], json!([]));
}

#[test]
fn neutral_values_are_accepted() {
    let neutral = json!({
        "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []}, "TracingConfig": {"Mode": "PassThrough"}, "Layers": [],
        "EphemeralStorage": {"Size": 512}, "SnapStart": {"ApplyOn": "None"}, "PackageType": "Zip", "KMSKeyArn": "",
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"}, "DeadLetterConfig": {"TargetArn": ""},
    });
    let answer = House::new().call("POST", FUNCTIONS, &with(creation(), &neutral));
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[test]
fn reserved_variables_are_refused() {
    let environment = json!({"Environment": {"Variables": {"AWS_REGION": "x", "MY_OWN": "y"}}});
    let answer = House::new().call("POST", FUNCTIONS, &with(creation(), &environment));
    refuses_parameter(
        &answer,
        "Lambda was unable to configure your environment variables because the environment variables you have provided \
         contains reserved keys that are currently not supported for modification. Reserved keys used in this request: \
         AWS_REGION",
    );
}

#[test]
fn unknown_functions() {
    let house = House::new();
    let text = format!("Function not found: {ARN}g");
    for (method, path) in [
        ("GET", "/g"),
        ("GET", "/g/configuration"),
        ("DELETE", "/g"),
        ("GET", "/g/versions"),
        ("GET", "/g/aliases"),
    ] {
        finds_nothing(&call(&house, method, path, &Value::Null), &text);
    }
    finds_nothing(&call(&house, "POST", "/g/invocations", &json!({})), &text);
    finds_nothing(&call(&house, "GET", "/g?Qualifier=live", &Value::Null), &format!("{text}:live"));
}

#[test]
fn updates_change_what_they_name() {
    let house = house();
    let before = get(&house, "/f/configuration");
    let update = json!({"Timeout": 9, "Environment": {"Variables": {"XY": "z"}}, "Description": "d"});
    assert_eq!(call(&house, "PUT", "/f/configuration", &update).status, 200);
    let after = get(&house, "/f/configuration");
    assert_eq!(
        (&after["Timeout"], &after["MemorySize"], &after["Description"]),
        (&json!(9), &json!(128), &json!("d"))
    );
    assert_eq!(after["Environment"], json!({"Variables": {"XY": "z"}}));
    assert_ne!(after["RevisionId"], before["RevisionId"]);

    let stale = json!({"Timeout": 10, "RevisionId": before["RevisionId"]});
    refuses(
        &call(&house, "PUT", "/f/configuration", &stale),
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve \
         the latest Revision Id",
    );
}

#[test]
fn code_is_replaced_unless_it_is_a_dry_run() {
    let house = house();
    let before = get(&house, "/f/configuration");
    let dry = call(&house, "PUT", "/f/code", &json!({"ZipFile": OTHER_ZIP, "DryRun": true}));
    assert_eq!(dry.status, 200);
    assert_eq!(get(&house, "/f/configuration"), before);
    let updated = call(&house, "PUT", "/f/code", &json!({"ZipFile": OTHER_ZIP, "Publish": true}));
    assert_eq!(updated.text("/Version"), "1");
    assert_eq!(updated.text("/FunctionArn"), format!("{ARN}f:1"));
    assert_ne!(get(&house, "/f")["Configuration"]["CodeSha256"], before["CodeSha256"]);
}

#[test]
fn versions_are_made_only_of_changes_and_numbers_are_not_reused() {
    let house = house();
    let publish = || call(&house, "POST", "/f/versions", &json!({})).text("/Version");
    assert_eq!(publish(), "1");
    assert_eq!(publish(), "1");
    let described = call(&house, "POST", "/f/versions", &json!({"Description": "other"}));
    assert_eq!((described.text("/Version"), described.text("/Description")), ("1".to_owned(), String::new()));
    call(&house, "PUT", "/f/configuration", &json!({"Timeout": 4}));
    assert_eq!(publish(), "2");
    assert_eq!(call(&house, "DELETE", "/f?Qualifier=2", &Value::Null).status, 200);
    assert_eq!(publish(), "3");
    let versions = get(&house, "/f/versions");
    let names: Vec<&str> =
        versions["Versions"].as_array().unwrap().iter().filter_map(|it| it["Version"].as_str()).collect();
    assert_eq!(names, ["$LATEST", "1", "3"]);
    let same_code = json!({"ZipFile": ZIP, "Publish": true});
    assert_eq!(call(&house, "PUT", "/f/code", &same_code).text("/Version"), "4");
    assert_eq!(get(&house, "/f/configuration?Qualifier=1")["Timeout"], 3);
    refuses_parameter(
        &call(&house, "POST", "/f/versions", &json!({"CodeSha256": "x"})),
        "CodeSHA256 (x) is different from current CodeSHA256 in $LATEST (Fql9r8eoZOap0R3qWZAdDvCOMBZw2RHXz7WyhmsoJe0=). \
         Please try again with the CodeSHA256 in $LATEST.",
    );
    refuses_parameter(
        &call(&house, "DELETE", "/f?Qualifier=$LATEST", &Value::Null),
        "$LATEST version cannot be deleted without deleting the function.",
    );
}

#[test]
fn aliases() {
    let house = house();
    call(&house, "POST", "/f/versions", &json!({}));
    let live = json!({"Name": "live", "FunctionVersion": "1"});
    let made = call(&house, "POST", "/f/aliases", &live);
    assert_eq!((made.status, made.text("/AliasArn")), (201, format!("{ARN}f:live")));
    refuses(
        &call(&house, "POST", "/f/aliases", &live),
        409,
        "ResourceConflictException",
        &format!("Alias already exists: {ARN}f:live"),
    );
    finds_nothing(
        &call(&house, "POST", "/f/aliases", &json!({"Name": "next", "FunctionVersion": "7"})),
        &format!("Function not found: {ARN}f:7"),
    );
    assert_eq!(call(&house, "DELETE", "/f?Qualifier=1", &Value::Null).status, 409);
    assert_eq!(get(&house, "/f/configuration?Qualifier=live")["FunctionArn"], format!("{ARN}f:live"));
    call(&house, "PUT", "/f/aliases/live", &json!({"FunctionVersion": "$LATEST", "Description": "d"}));
    let read = get(&house, "/f/aliases/live");
    assert_eq!((&read["FunctionVersion"], &read["Description"]), (&json!("$LATEST"), &json!("d")));
    assert_eq!(get(&house, "/f/aliases?FunctionVersion=1")["Aliases"], json!([]));
    assert_eq!(get(&house, "/f/aliases")["Aliases"].as_array().unwrap().len(), 1);
    for _ in 0..2 {
        assert_eq!(call(&house, "DELETE", "/f/aliases/live", &Value::Null).status, 204);
    }
    finds_nothing(
        &call(&house, "GET", "/f/aliases/live", &Value::Null),
        &format!("Cannot find alias arn: {ARN}f:live"),
    );
}

fn grant(sid: &str) -> Value {
    json!({
        "StatementId": sid, "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
        "SourceArn": "arn:aws:execute-api:us-east-1:000000000000:abc/*/*", "SourceAccount": "000000000000",
    })
}

#[test]
fn a_grant_is_written_as_iam_writes_it() {
    let house = house();
    let expected = json!({
        "Sid": "one", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction", "Resource": format!("{ARN}f"),
        "Condition": {
            "ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:us-east-1:000000000000:abc/*/*"},
            "StringEquals": {"AWS:SourceAccount": "000000000000"},
        },
    });
    let added = call(&house, "POST", "/f/policy", &grant("one"));
    assert_eq!((added.status, added.text("/Statement")), (201, expected.to_string()));
    let policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": [expected]});
    assert_eq!(get(&house, "/f/policy")["Policy"], policy.to_string());

    let principals = [
        ("*", json!("*")),
        ("111111111111", json!({"AWS": "arn:aws:iam::111111111111:root"})),
        ("arn:aws:iam::111111111111:user/u", json!({"AWS": "arn:aws:iam::111111111111:user/u"})),
    ];
    for (index, (principal, written)) in principals.iter().enumerate() {
        let grant = json!({"StatementId": format!("p{index}"), "Action": "lambda:*", "Principal": principal});
        let statement = call(&house, "POST", "/f/policy", &grant).text("/Statement");
        let statement: Value = serde_json::from_str(&statement).unwrap();
        assert_eq!(statement["Principal"], *written);
        assert!(statement.get("Condition").is_none());
    }
}

#[test]
fn each_qualifier_has_a_policy_of_its_own() {
    let house = house();
    call(&house, "POST", "/f/aliases", &json!({"Name": "live", "FunctionVersion": "$LATEST"}));
    assert_eq!(call(&house, "POST", "/f/policy?Qualifier=live", &grant("one")).status, 201);
    let absent = "The resource you requested does not exist.";
    finds_nothing(&call(&house, "GET", "/f/policy", &Value::Null), absent);
    assert!(get(&house, "/f/policy?Qualifier=live")["Policy"].as_str().unwrap().contains("function:f:live"));
    refuses_parameter(
        &call(&house, "POST", "/f/policy?Qualifier=$LATEST", &grant("one")),
        "We currently do not support adding policies for $LATEST.",
    );
    finds_nothing(
        &call(&house, "POST", "/f/policy?Qualifier=none", &grant("one")),
        &format!("Function not found: {ARN}f:none"),
    );
    call(&house, "DELETE", "/f/aliases/live", &Value::Null);
    call(&house, "POST", "/f/aliases", &json!({"Name": "live", "FunctionVersion": "$LATEST"}));
    finds_nothing(&call(&house, "GET", "/f/policy?Qualifier=live", &Value::Null), absent);
}

#[test]
fn statements_are_added_and_removed_once() {
    let house = house();
    let none = "No policy is associated with the given resource.";
    finds_nothing(&call(&house, "DELETE", "/f/policy/one", &Value::Null), none);
    call(&house, "POST", "/f/policy", &grant("one"));
    refuses(
        &call(&house, "POST", "/f/policy", &grant("one")),
        409,
        "ResourceConflictException",
        "The statement id (one) provided already exists. Please provide a new statement id, or remove the existing \
         statement.",
    );
    finds_nothing(
        &call(&house, "DELETE", "/f/policy/two", &Value::Null),
        "Statement two is not found in resource policy.",
    );
    assert_eq!(call(&house, "DELETE", "/f/policy/one", &Value::Null).status, 204);
    finds_nothing(&call(&house, "DELETE", "/f/policy/one", &Value::Null), none);
}

#[test]
fn a_condition_that_is_not_kept_is_refused() {
    let house = house();
    for member in ["EventSourceToken", "FunctionUrlAuthType"] {
        let mut grant = grant("one");
        grant[member] = if member == "EventSourceToken" { json!("t") } else { json!("NONE") };
        refuses_parameter(
            &call(&house, "POST", "/f/policy", &grant),
            &format!("{member} is not supported here."),
        );
    }
    let mut wrong = grant("one");
    wrong["Principal"] = json!("nobody");
    refuses_parameter(
        &call(&house, "POST", "/f/policy", &wrong),
        "The provided principal was invalid. Please check the principal and try again.",
    );
}

#[test]
fn lists_are_paged() {
    let house = House::new();
    for index in 0..3 {
        house.call("POST", FUNCTIONS, &with(creation(), &json!({"FunctionName": format!("f{index}")})));
    }
    let first = get(&house, "?MaxItems=2");
    assert_eq!(first["Functions"].as_array().unwrap().len(), 2);
    let second = get(&house, &format!("?MaxItems=2&Marker={}", first["NextMarker"].as_str().unwrap()));
    assert_eq!(second["Functions"][0]["FunctionName"], "f2");
    assert!(second.get("NextMarker").is_none());
    let all = get(&house, "?FunctionVersion=ALL");
    assert_eq!(all["Functions"][0]["FunctionArn"], format!("{ARN}f0:$LATEST"));
}

#[test]
fn a_deleted_function_takes_everything_with_it() {
    let house = house();
    call(&house, "POST", "/f/policy", &grant("one"));
    assert_eq!(call(&house, "DELETE", "/f", &Value::Null).status, 200);
    assert_eq!(house.call("POST", FUNCTIONS, &creation().to_string()).status, 201);
    assert_eq!(call(&house, "GET", "/f/policy", &Value::Null).status, 404);
    assert_eq!(get(&house, "/f/versions")["Versions"].as_array().unwrap().len(), 1);
}

#[test]
fn tags_come_and_go() {
    let house = house();
    let target = "/2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af";
    let tags = |house: &House| house.call("GET", target, "").body;
    assert_eq!(house.call("POST", target, r#"{"Tags":{"a":"1","b":"2"}}"#).status, 204);
    assert_eq!(tags(&house), r#"{"Tags":{"a":"1","b":"2"}}"#);
    assert_eq!(house.call("DELETE", &format!("{target}?tagKeys=a&tagKeys=z"), "").status, 204);
    assert_eq!(tags(&house), r#"{"Tags":{"b":"2"}}"#);
    refuses_parameter(
        &house.call("POST", target, r#"{"Tags":{"aws:x":"1"}}"#),
        "Tag keys beginning with aws: are reserved for AWS use",
    );
    finds_nothing(
        &house.call(
            "POST",
            &target.replace("%3Af", "%3Ag").replace("gunction", "function"),
            r#"{"Tags":{"a":"1"}}"#,
        ),
        &format!("Function not found: {ARN}g"),
    );
}

#[test]
fn tags_and_code_signing_are_readable() {
    let house = House::new();
    house.call("POST", FUNCTIONS, &with(creation(), &json!({"Tags": {"a": "b"}})));
    let tags = house.call(
        "GET",
        "/2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af",
        "",
    );
    assert_eq!(tags.body, r#"{"Tags":{"a":"b"}}"#);
    assert_eq!(get(&house, "/f")["Tags"], json!({"a": "b"}));
    let signing = house.call("GET", "/2020-06-30/functions/f/code-signing-config", "");
    assert_eq!(signing.body, r#"{"CodeSigningConfigArn":"","FunctionName":"f"}"#);
}

#[test]
fn calls_that_cannot_run_are_refused_before_the_function_is_asked() {
    let house = house();
    let path = format!("{FUNCTIONS}/f/invocations");
    let bad = house.call("POST", &path, "{no json");
    assert_eq!((bad.status, bad.error.as_str()), (400, "InvalidRequestContentException"));
    assert!(
        bad.text("/Message")
            .starts_with("Could not parse request body into json: Could not parse payload into json: ")
    );
}

fn with_header(house: &House, path: &str, header: (&'static str, &str), body: &str) -> Answer {
    let mut request = crate::testing::request("POST", &format!("{FUNCTIONS}{path}"), body);
    request.headers.insert(header.0, header.1.parse().unwrap());
    let reply = house.block_on(house.control.execute(crate::testing::scope(), request));
    let error = reply.headers.iter().find(|(name, _)| *name == "x-amzn-ErrorType");
    Answer {
        status: reply.status,
        error: error.map(|(_, code)| code.clone()).unwrap_or_default(),
        body: String::from_utf8(reply.body.to_vec()).unwrap(),
    }
}

#[test]
fn kinds_of_calls() {
    let house = house();
    let kind =
        |path: &str, kind: &str, body: &str| with_header(&house, path, ("x-amz-invocation-type", kind), body);
    let event = kind("/f/invocations", "Event", "{}");
    assert_eq!((event.status, event.body.as_str()), (202, ""));
    let dry = kind("/f/invocations", "DryRun", "{}");
    assert_eq!((dry.status, dry.body.as_str()), (204, ""));
    finds_nothing(&kind("/g/invocations", "DryRun", "{}"), &format!("Function not found: {ARN}g"));
    finds_nothing(
        &kind("/f/invocations?Qualifier=9", "DryRun", "{}"),
        &format!("Function not found: {ARN}f:9"),
    );
    assert_eq!(kind("/f/invocations", "Event", "{").error, "InvalidRequestContentException");
    assert_eq!(kind("/f/invocations", "Later", "{}").error, "ValidationException");
    let large = format!("\"{}\"", "x".repeat(1_048_575));
    let refused = kind("/f/invocations", "Event", &large);
    assert_eq!((refused.status, refused.error.as_str()), (413, "RequestTooLargeException"));
    assert_eq!(
        refused.text("/Message"),
        "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)"
    );
    let older = house.call("POST", "/2014-11-13/functions/f/invoke-async/", "{}");
    assert_eq!((older.status, older.body.as_str()), (202, ""));
}

#[test]
fn a_client_context_is_json_in_base64() {
    let house = house();
    let send = |text: &str| with_header(&house, "/f/invocations", ("x-amz-client-context", text), "{}");
    // The test's port knows no function: what is well-formed gets that far.
    assert_eq!(send("e30=").status, 404);
    for text in ["{}", "bm8=", &"IC".repeat(1800)] {
        assert_eq!(send(text).error, "InvalidRequestContentException", "{text}");
    }
}

#[test]
fn variables_have_4_kb_together() {
    let house = House::new();
    let environment = |length: usize| json!({"Environment": {"Variables": {"KEY": "x".repeat(length)}}});
    let refused = house.call("POST", FUNCTIONS, &with(creation(), &environment(4094)));
    assert!(refused.text("/Message").contains("exceeded the 4KB limit. String measured: {\"KEY\":\"xxx"));
    let accepted = house.call("POST", FUNCTIONS, &with(creation(), &environment(4093)));
    assert_eq!(accepted.status, 201, "{}", accepted.body);
    let wrong = json!({"Environment": {"Variables": {"1st": "x"}}});
    assert_eq!(house.call("POST", FUNCTIONS, &with(creation(), &wrong)).error, "ValidationException");
}
