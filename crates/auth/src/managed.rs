//! The managed policies of AWS that matter to a gateway: who deploys APIs, who calls them, what functions need.
//!
//! In: an ARN. Out: the policy's document. It must not know who carries it.

/// A policy that AWS defines and nobody can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwsManaged {
    pub name: &'static str,
    /// `/` or `/service-role/`.
    pub path: &'static str,
    /// `ANPA…`
    pub id: &'static str,
    pub description: &'static str,
    pub document: &'static str,
}

impl AwsManaged {
    /// `arn:aws:iam::aws:policy/AdministratorAccess`
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }
}

/// All of them by name.
pub const ALL: &[AwsManaged] = &[
    AwsManaged {
        name: "AWSLambda_FullAccess",
        path: "/",
        id: "ANPAZKAPJZG4ONMSCNKPW",
        description: "Grants full access to AWS Lambda service and related roles.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:*","logs:DescribeLogGroups","cloudwatch:ListMetrics","cloudwatch:GetMetricData","iam:GetPolicy","iam:GetPolicyVersion","iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","iam:ListRolePolicies","iam:ListRoles"],"Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}]}"#,
    },
    AwsManaged {
        name: "AWSLambda_ReadOnlyAccess",
        path: "/",
        id: "ANPAZKAPJZG4A2ZJW2V5N",
        description: "Grants read-only access to AWS Lambda service and the roles of functions.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:Get*","lambda:List*","iam:GetPolicy","iam:GetPolicyVersion","iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","iam:ListRolePolicies","iam:ListRoles"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "AWSLambdaBasicExecutionRole",
        path: "/service-role/",
        id: "ANPAJNCQGXC42545SKXIK",
        description: "Provides write permissions to CloudWatch Logs.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "AWSLambdaRole",
        path: "/service-role/",
        id: "ANPAJX4DPCRGTC4NFDUXI",
        description: "Default policy for AWS Lambda service role.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:InvokeFunction"],"Resource":["*"]}]}"#,
    },
    AwsManaged {
        name: "AWSLambdaVPCAccessExecutionRole",
        path: "/service-role/",
        id: "ANPAJVTME3YLVNL72YR2K",
        description: "Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents","ec2:CreateNetworkInterface","ec2:DescribeNetworkInterfaces","ec2:DescribeSubnets","ec2:DeleteNetworkInterface","ec2:AssignPrivateIpAddresses","ec2:UnassignPrivateIpAddresses"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "AWSXRayDaemonWriteAccess",
        path: "/",
        id: "ANPAIOE47HSUE5AHBNEDM",
        description: "Allows to relay trace segments to X-Ray.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["xray:PutTraceSegments","xray:PutTelemetryRecords","xray:GetSamplingRules","xray:GetSamplingTargets","xray:GetSamplingStatisticSummaries"],"Resource":["*"]}]}"#,
    },
    AwsManaged {
        name: "AdministratorAccess",
        path: "/",
        id: "ANPAIWMBCKSKIEE64ZLYK",
        description: "Provides full access to AWS services and resources.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "AmazonAPIGatewayAdministrator",
        path: "/",
        id: "ANPAJ4PT6VY5NLKTNUYSI",
        description: "Provides full access to create/edit/delete APIs in Amazon API Gateway via the AWS Management Console.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["apigateway:*"],"Resource":"arn:aws:apigateway:*::/*"}]}"#,
    },
    AwsManaged {
        name: "AmazonAPIGatewayInvokeFullAccess",
        path: "/",
        id: "ANPAIIWAX2NOOQJ4AIEQ6",
        description: "Provides full access to invoke APIs in Amazon API Gateway.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["execute-api:Invoke","execute-api:ManageConnections"],"Resource":"arn:aws:execute-api:*:*:*"}]}"#,
    },
    AwsManaged {
        name: "AmazonAPIGatewayPushToCloudWatchLogs",
        path: "/service-role/",
        id: "ANPAIK4GFO7HLKYN64ASK",
        description: "Allows API Gateway to push logs to user's account.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:DescribeLogGroups","logs:DescribeLogStreams","logs:PutLogEvents","logs:GetLogEvents","logs:FilterLogEvents"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "IAMFullAccess",
        path: "/",
        id: "ANPAI7XKCFMBPM3QQRRVQ",
        description: "Provides full access to IAM.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "IAMReadOnlyAccess",
        path: "/",
        id: "ANPAJKSO7NDY4T57MWDSQ",
        description: "Provides read only access to IAM.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*"],"Resource":"*"}]}"#,
    },
    AwsManaged {
        name: "ReadOnlyAccess",
        path: "/",
        id: "ANPAILL3HVNFSB6DCOWYQ",
        description: "Provides read-only access to the services that are here.",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["apigateway:GET","cloudwatch:Describe*","cloudwatch:Get*","cloudwatch:List*","iam:Get*","iam:List*","lambda:Get*","lambda:List*","logs:Describe*","logs:FilterLogEvents","logs:Get*","sts:GetAccessKeyInfo","sts:GetCallerIdentity"],"Resource":"*"}]}"#,
    },
];

/// The policy with this ARN.
#[must_use]
pub fn find(arn: &str) -> Option<&'static AwsManaged> {
    let path_and_name = arn.strip_prefix("arn:aws:iam::aws:policy")?;
    ALL.iter().find(|policy| path_and_name.strip_prefix(policy.path).is_some_and(|name| name == policy.name))
}

/// The document of the policy with this ARN.
#[must_use]
pub fn document(arn: &str) -> Option<&'static str> {
    find(arn).map(|policy| policy.document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_found_by_their_whole_arn() {
        for policy in ALL {
            assert_eq!(find(&policy.arn()), Some(policy));
        }
        for arn in [
            "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::123456789012:policy/AdministratorAccess",
            "arn:aws:iam::aws:policy/",
            "",
        ] {
            assert_eq!(find(arn), None, "{arn}");
        }
    }

    #[test]
    fn documents_are_json_and_ids_differ() {
        let mut ids: Vec<_> = ALL.iter().map(|policy| policy.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
        for policy in ALL {
            assert!(serde_json::from_str::<serde_json::Value>(policy.document).is_ok(), "{}", policy.name);
        }
    }
}
