#!/bin/sh
# Makes the table and the queue where AWS_ENDPOINT_URL leads, or at AWS.
set -eu
# Older releases of the aws CLI overlook the variable for SQS.
aws() { command aws ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"; }

aws dynamodb create-table --table-name orders --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=customer,AttributeType=S AttributeName=id,AttributeType=S \
    --key-schema AttributeName=customer,KeyType=HASH AttributeName=id,KeyType=RANGE
aws sqs create-queue --queue-name shipments
