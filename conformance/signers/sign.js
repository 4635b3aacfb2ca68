// Signs a request with the signer of AWS's JavaScript SDK. In: the request as JSON in the first argument. Out: its headers and
// query as JSON.
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

const { credentials, presign, ...request } = JSON.parse(process.argv[2]);
const signer = new SignatureV4({ credentials, region: "us-east-1", service: "execute-api", sha256: Sha256 });
const signed = presign ? await signer.presign(request, { expiresIn: 60 }) : await signer.sign(request);
console.log(JSON.stringify({ headers: signed.headers, query: signed.query ?? {} }));
