"""What is told where a bucket cannot be asked, or answers with an error: in one sentence, with what to do.

obstore tells by words alone what happened: the code that S3 answered, the status, the kind of a fault of the network.
Its own words are never told on, as an answer of S3 may repeat the key of who asked.
"""

from __future__ import annotations

import re

from transforms.errors import EarshotError

_ANSWER = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"Server returned (?:non-2xx status code|error response)?:? ?(\d{3})|status: (\d{3})")
_NETWORK = re.compile(r"kind: (Connect|Timeout)\b")
_REFUSED = frozenset(
    {"AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"}
)
_ELSEWHERE = frozenset({"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"})
_TO_CORRECT = ("no-bucket", "refused", "region", "clock", "certificate")
_BY_CLASS = {"FileNotFoundError": "lost", "AlreadyExistsError": "taken"}
_KEPT = "Nothing was committed."


class BucketError(EarshotError):
    """A bucket cannot be asked, or answers with an error. `code` stays the same, whatever the words.

    `no-bucket`, `refused`, `region`, `clock`, `certificate`: to be corrected, exit code 2. `unreached`, `slow`,
    `failing`, `cut`: may pass by itself, exit code 1. `lost`: what was asked for is not there. `taken`: what was to be
    created is.
    """

    def __init__(self, code: str, said: str) -> None:
        self.code = code
        self.exit_code = 2 if code in _TO_CORRECT else 1
        super().__init__(said)


def fault_of(address: str, bucket: str, endpoint: str, error: BaseException) -> BucketError:
    """Return what is told of an error of obstore."""
    words = str(error)
    answer = found[1] if (found := _ANSWER.search(words)) else ""
    status = next(filter(None, found.groups()), "") if (found := _STATUS.search(words)) else ""
    network = found[1] if (found := _NETWORK.search(words)) else ""
    at = f"{address}: the bucket {bucket} at {endpoint}"
    if answer == "NoSuchBucket":
        return BucketError("no-bucket", f"{at} does not exist. {_KEPT} Create it, or correct its name or the endpoint.")
    if answer == "RequestTimeTooSkewed":
        return BucketError("clock", f"{at} refuses the time of this computer. {_KEPT} Correct its clock.")
    if answer in _ELSEWHERE or status == "301":
        return BucketError("region", f"{at} is in another region. {_KEPT} Set AWS_REGION to that of the bucket.")
    if answer in _REFUSED or status in ("401", "403"):
        why = f" ({answer or status})"
        return BucketError(
            "refused",
            f"{at} refused the credentials{why}. {_KEPT} Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the"
            " profile, and allow them to list, read and write below the prefix.",
        )
    if "InvalidCertificate" in words:
        return BucketError(
            "certificate",
            f"{at} shows a certificate that this computer does not trust. {_KEPT} Correct AWS_ENDPOINT_URL, or name"
            " the certificates of your authority in AWS_CA_BUNDLE.",
        )
    if network == "Connect":
        return BucketError(
            "unreached",
            f"{at} cannot be reached, also when asked again. {_KEPT} Check the network and AWS_ENDPOINT_URL, and run"
            " the command again.",
        )
    if network == "Timeout":
        return BucketError(
            "slow", f"{at} did not answer in time, also when asked again. {_KEPT} Run the command again later."
        )
    if status:
        code = _BY_CLASS.get(type(error).__name__, "failing")
        why = f" ({' '.join(filter(None, [status, answer]))})"
        return BucketError(code, f"{at} answers with an error{why}. {_KEPT} Run the command again later.")
    return BucketError(
        "cut", f"{at} broke the connection off, also when asked again. {_KEPT} Run the command again later."
    )
