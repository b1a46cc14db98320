//! Reports as planseal makes them.

use planseal::report::v1::*;
use serde_json::json;

use super::build::*;

const BUCKET: &str = "aws_s3_bucket.customers";
const BUCKET_SSE: &str = "aws_s3_bucket_server_side_encryption_configuration.customers";
const ALGORITHM: &str = "$.rule[0].apply_server_side_encryption_by_default[0].sse_algorithm";
const AT_REST_WHY: &str = "Personal data must be unreadable to anyone who is not granted the key: with a key of AWS's own, everyone who may read the \
    bucket may read the data, and there is no key policy that says otherwise.";
const KEY_FIX: &str = "rule {\n  apply_server_side_encryption_by_default {\n    sse_algorithm     = \"aws:kms\"\n    \
    kms_master_key_id = aws_kms_key.pii.arn # a key tagged data-class = pii\n  }\n  bucket_key_enabled = true\n}\n";

/// Every sample with its name.
pub(crate) fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("clean", empty(14, 9)),
        ("nothing", empty(0, 0)),
        ("one", one()),
        ("many", many()),
        ("undetermined", undetermined()),
        ("partial", partial()),
        ("unread", unread()),
        ("two-plans", two_plans()),
        ("waived", waived()),
    ]
}

pub(crate) fn one() -> Report {
    let mut report = empty(14, 9);
    report.findings = vec![bucket()];
    report.gate.reasons = vec!["1 introduced violation of medium severity or above".into()];
    counted(report)
}

fn bucket() -> Finding {
    Finding {
        title: "Data at rest is protected below its category's minimum".into(),
        severity: Severity::High,
        part: Some("storage".into()),
        category: category("pii", "tags_all.data-class"),
        required: Some("cmk".into()),
        level: levels(None, Some("aws-owned")),
        message: format!(
            "`{BUCKET}` holds pii, which needs a customer managed key (cmk), but is encrypted with SSE-S3 (aws-owned)."
        ),
        why: AT_REST_WHY.into(),
        fix: KEY_FIX.into(),
        evidence: vec![Evidence {
            required: Some("\"aws:kms\"".into()),
            ..evidence(BUCKET_SSE, ALGORITHM, State::Absent, known("AES256"))
        }],
        location: Some(SourceLocation {
            file: "storage.tf".into(),
            line: 12,
        }),
        ..finding("at-rest-below-minimum", BUCKET)
    }
}

fn database(address: &str, before: &str, change: Change) -> Finding {
    let key = "arn:aws:kms:eu-central-1:123456789012:key/0f9a1b2c-1111-2222-3333-444455556666";
    let moved = change != Change::Existing;
    let trace = vec![
        format!("{address}.kms_key_id"),
        "module.db.var.kms_key_arn".into(),
        "module.kms.output.key_arn".into(),
        "module.kms.aws_kms_key.this[\"operational\"].arn".into(),
    ];
    Finding {
        title: "Data at rest is protected below its category's minimum".into(),
        change,
        blocking: moved,
        actions: vec![if moved { "update" } else { "no-op" }.into()],
        category: category("health", "tags.data-classification"),
        required: Some("cmk".into()),
        level: levels(Some(before), Some("aws-managed")),
        message: format!(
            "`{address}` holds health data, which needs cmk, but its storage is encrypted with `alias/aws/rds` (aws-managed)."
        ),
        why: AT_REST_WHY.into(),
        fix: "kms_key_id = aws_kms_key.health.arn # this replaces the database\n".into(),
        evidence: vec![Evidence {
            required: Some("aws_kms_key.health.arn".into()),
            trace: if moved { trace } else { vec![] },
            ..evidence(
                address,
                "$.kms_key_id",
                known(key),
                if moved { State::Unknown } else { known(key) },
            )
        }],
        ..finding("at-rest-below-minimum", address)
    }
}

fn listener() -> Finding {
    let address = "module.edge.aws_lb_listener.https[\"public\"]";
    Finding {
        title: "Load balancer listeners accept TLS 1.2 or newer only".into(),
        change: Change::Worsened,
        controls: vec!["WAF-SEC-040".into(), "SEC09-BP02".into()],
        actions: vec!["update".into()],
        message: "The listener accepts TLS 1.0 and 1.1, and its load balancer is internet-facing.".into(),
        why: "TLS 1.0 and 1.1 have known attacks and are refused by auditors.".into(),
        fix: "ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\"\n".into(),
        reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"
            .into(),
        evidence: vec![Evidence {
            required: Some("\"ELBSecurityPolicy-TLS13-1-2-2021-06\"".into()),
            ..evidence(
                address,
                "$.ssl_policy",
                known("ELBSecurityPolicy-TLS-1-1-2017-01"),
                known("ELBSecurityPolicy-2016-08"),
            )
        }],
        resource_type: Some("aws_lb_listener".into()),
        ..finding("lb-listener-tls-policy", address)
    }
}

fn key_policy() -> Finding {
    let address = "aws_kms_key.pii";
    let policy = |principal: &str| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Sid": "Admin", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
            {"Sid": "Use", "Effect": "Allow", "Principal": {"AWS": principal}, "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*"}]})
        .to_string()
    };
    Finding {
        title: "Key policies do not let everyone in".into(),
        severity: Severity::Critical,
        actions: vec!["update".into()],
        message: "The key policy allows `kms:Decrypt` to every principal (`*`).".into(),
        why: "Whoever may use the key may read everything that it protects.".into(),
        fix: "# name the roles that need the key instead of \"*\"\n".into(),
        evidence: vec![evidence(
            address,
            "$.policy",
            known(policy("arn:aws:iam::123456789012:role/app")),
            known(policy("*")),
        )],
        related: vec![
            Related {
                address: BUCKET.into(),
                note: "encrypted with this key".into(),
            },
            Related {
                address: "aws_dynamodb_table.orders".into(),
                note: "encrypted with this key".into(),
            },
        ],
        ..finding("kms-key-open-policy", address)
    }
}

fn quiet_ones() -> Vec<Finding> {
    let groups = (1..=4).map(|number| {
        let address = format!("aws_cloudwatch_log_group.lambda[{number}]");
        Finding {
            title: "Data at rest is protected below its category's minimum".into(),
            severity: Severity::Low,
            blocking: false,
            category: category("audit-logs", "type default"),
            required: Some("cmk".into()),
            level: levels(None, Some("aws-owned")),
            message: format!(
                "`{address}` is taken for audit-logs, which need cmk, but nothing sets a key (aws-owned)."
            ),
            why: "Logs hold more than one thinks.".into(),
            fix: "kms_key_id = aws_kms_key.logs.arn\n".into(),
            evidence: vec![Evidence {
                required: Some("aws_kms_key.logs.arn".into()),
                ..evidence(&address, "$.kms_key_id", State::Absent, State::Absent)
            }],
            resource_type: Some("aws_cloudwatch_log_group".into()),
            ..finding("at-rest-below-minimum", &address)
        }
    });
    groups.collect()
}

fn folded_ones() -> Vec<Finding> {
    let waiver = Waiver {
        reason: "moves to `eu-west-1` in March".into(),
        owner: "team-data".into(),
        expires: "2027-03-31".into(),
        days_left: 31,
        link: Some("https://example.com/decisions/17".into()),
        location: Some(SourceLocation {
            file: "planseal.yaml".into(),
            line: 12,
        }),
    };
    vec![
        database("module.db.aws_db_instance.main", "aws-managed", Change::Existing),
        Finding {
            outcome: Outcome::Advice,
            blocking: false,
            severity: Severity::Low,
            title: "Secrets use the key cmk-secrets".into(),
            message: "`aws_secretsmanager_secret.api` is encrypted with the AWS-managed key; secrets belong under cmk-secrets.".into(),
            ..finding("recommended-key", "aws_secretsmanager_secret.api")
        },
        Finding { blocking: false, waiver: Some(waiver), title: "Databases are not public".into(), ..finding("rds-public", "aws_db_instance.old") },
        Finding {
            outcome: Outcome::Pass,
            change: Change::Fixed,
            blocking: false,
            title: "Queues are encrypted".into(),
            severity: Severity::Medium,
            ..finding("sqs-at-rest", "aws_sqs_queue.jobs")
        },
    ]
}

pub(crate) fn many() -> Report {
    let mut report = empty(42, 31);
    report.findings = vec![
        key_policy(),
        bucket(),
        database("module.db.aws_rds_cluster.orders", "cmk", Change::Worsened),
        listener(),
    ];
    report.findings.extend(quiet_ones());
    report.findings.extend(folded_ones());
    report.findings.push(Finding {
        address: None,
        resource_type: None,
        severity: Severity::Low,
        blocking: false,
        actions: vec![],
        title: "Stores carry a data-class tag".into(),
        message: "2 stores have no data category and are judged as operational.".into(),
        why: "Without a category nobody knows what the data needs.".into(),
        fix: "tags = { data-class = \"operational\" }\n".into(),
        related: vec![Related {
            address: "aws_sqs_queue.jobs".into(),
            note: "unclassified".into(),
        }],
        ..finding("unclassified-store", "x.y")
    });
    report.summary.unjudged_types = vec!["aws_new_thing".into(), "aws_timestreaminfluxdb_db_instance".into()];
    report.gate.reasons = vec!["4 violations of medium severity or above are introduced or made worse".into()];
    let moved = "PII, financial and health stores with a customer managed key";
    report.metrics = vec![
        Metric {
            unmet: vec![
                unmet(Some("aws_db_instance.old"), false, true),
                unmet(Some("aws_kms_key.pii"), true, false),
                unmet(Some("module.db.aws_db_instance.main"), false, false),
            ],
            ..metric(moved, (2, 3), (1, 4))
        },
        Metric {
            unmet: vec![Unmet {
                because: Some(
                    "EBS encryption by default is not in the plan; `aws_ebs_volume.a` would be under it".into(),
                ),
                ..unmet(None, true, false)
            }],
            ..metric("Accounts and Regions with EBS encryption by default", (0, 0), (0, 1))
        },
        metric("Keys with rotation", (2, 2), (2, 2)),
        Metric {
            switched_off: vec!["lb-listener-weak-tls".into()],
            ..metric("External endpoints at TLS 1.2 or newer", (1, 1), (1, 1))
        },
    ];
    counted(report)
}

pub(crate) fn undetermined() -> Report {
    let address = "module.lake.aws_s3_bucket.raw[\"eu\"]";
    let sse = "module.lake.aws_s3_bucket_server_side_encryption_configuration.raw[\"eu\"]";
    let path = "$.rule[0].apply_server_side_encryption_by_default[0].kms_master_key_id";
    let mut report = empty(14, 9);
    report.findings = vec![Finding {
        title: "Data at rest is protected below its category's minimum".into(),
        outcome: Outcome::Undetermined,
        category: category("pii", "tags_all.data-class"),
        required: Some("cmk".into()),
        level: levels(None, Some("undetermined")),
        message: format!("It cannot be told which key encrypts `{address}`: `local.keys` is not in the plan."),
        why: AT_REST_WHY.into(),
        settle: Some("give the source with `--source .`, or the binary plan with `--planfile tfplan`".into()),
        evidence: vec![Evidence {
            candidates: vec![
                candidate("aws_kms_key.pii", Some("aws_kms_key.pii"), Some("cmk")),
                candidate("AWS-managed key alias/aws/s3", None, Some("aws-managed")),
                candidate("nothing set", None, Some("aws-owned")),
            ],
            trace: vec![
                format!("{sse}.kms_master_key_id"),
                "module.lake.var.kms_key_arn".into(),
                "local.keys[\"pii\"] (not in the plan)".into(),
            ],
            ..evidence(sse, path, State::Absent, State::Unknown)
        }],
        resource_type: Some("aws_s3_bucket".into()),
        ..finding("at-rest-below-minimum", address)
    }];
    report.gate.reasons = vec!["1 introduced finding cannot be determined, and its rule says that this blocks".into()];
    counted(report)
}

pub(crate) fn partial() -> Report {
    let mut report = empty(3, 2);
    report.plans = vec![PlanSummary {
        complete: false,
        notes: vec![
            "made with `-target`: 11 configured resources have no entry, so what they decide is not known".into(),
        ],
        configuration: Some(Configuration {
            file: "staging/planseal.yaml".into(),
            known_keys: 1,
            ..Configuration::default()
        }),
        ..plan("staging")
    }];
    report.gate.reasons = vec!["the plan `staging` is partial (`--allow-partial` lets it pass)".into()];
    counted(report)
}

pub(crate) fn unread() -> Report {
    let mut report = empty(14, 9);
    report.unread = vec![Unread {
        path: "prod/tfplan".into(),
        message: "this is a binary plan, not JSON".into(),
        help: "run `terraform show -json prod/tfplan > plan.json` and give planseal plan.json".into(),
    }];
    report.gate.reasons = vec!["1 input could not be read".into()];
    counted(report)
}

/// The same module in two environments; one input is broken.
pub(crate) fn two_plans() -> Report {
    let mut report = unread();
    report.plans = vec![plan("dev"), plan("prod")];
    report.findings = vec![
        Finding {
            plan: "dev".into(),
            ..bucket()
        },
        bucket(),
        listener(),
    ];
    report
        .gate
        .reasons
        .push("3 violations of medium severity or above are introduced or made worse".into());
    counted(report)
}

/// Far more than a comment can hold.
pub(crate) fn three_hundred() -> Report {
    let mut report = empty(400, 350);
    for number in 0..100 {
        let address = format!("module.service[\"number-{number}\"].aws_db_instance.main");
        report.findings.push(database(&address, "cmk", Change::Worsened));
        report.findings.push(Finding {
            fix: format!("kms_key_id = aws_kms_key.k{number}.arn\n"),
            ..database(&address, "aws-managed", Change::Existing)
        });
        report.findings.push(Finding {
            outcome: Outcome::Pass,
            change: Change::Fixed,
            blocking: false,
            ..finding("sqs-at-rest", &format!("aws_sqs_queue.q{number}"))
        });
    }
    counted(report)
}

/// What a change accepts, loosens and leaves, beside a plan of which nothing else is to be said.
pub(crate) fn waived() -> Report {
    let mut report = empty(14, 9);
    let waiver = |days_left, link: Option<&str>| Waiver {
        reason: "The vendor's appliance is reached from partners' networks until it is replaced.".into(),
        owner: "team-data".into(),
        expires: "2026-06-30".into(),
        days_left,
        link: link.map(Into::into),
        location: at(12),
    };
    let covered = |waiver, finding: Finding| Finding {
        blocking: false,
        waiver: Some(waiver),
        ..finding
    };
    report.today = Some("2026-06-01".into());
    report.findings = vec![
        covered(waiver(29, Some("https://example.com/decisions/17")), bucket()),
        covered(waiver(0, None), database("module.legacy[\"eu\"].aws_db_instance.main", "cmk", Change::Worsened)),
        covered(
            waiver(1, None),
            Finding {
                title: "Stores without a data category".into(),
                address: None,
                resource_type: None,
                related: vec![Related {
                    address: "aws_s3_bucket.archive[0]".into(),
                    note: "no category tag".into(),
                }],
                ..finding("unclassified-store", "x.y.z")
            },
        ),
        Finding {
            plan: String::new(),
            title: "A waiver has expired".into(),
            severity: Severity::Medium,
            change: Change::Existing,
            blocking: false,
            address: None,
            resource_type: None,
            actions: vec![],
            message: "The waiver of `rds-*` at `module.legacy[\"us\"].*`, which `team-data` answers for, held until 2026-05-31. \
                It covers nothing any more: 2 findings that it was about count again."
                .into(),
            why: "An exception was accepted for a time, and that time is over.".into(),
            location: at(30),
            ..finding("waiver-expired", "x.y.z")
        },
    ];
    let setting = |name: &str, before: Option<&str>, after: Option<&str>, change, line| Setting {
        name: name.into(),
        before: before.map(Into::into),
        after: after.map(Into::into),
        change,
        line,
    };
    report.configurations = vec![
        ConfigurationInForce {
            file: Some("planseal.yaml".into()),
            base: Some("origin/main:planseal.yaml".into()),
            notes: vec![],
            settings: vec![
                setting("gate.min_severity", None, Some("high"), SettingChange::Loosened, Some(3)),
                setting("gate.undetermined", Some("fail"), None, SettingChange::Loosened, None),
                setting(
                    "waiver of `rds-*` at `module.legacy[\"eu\"].*`",
                    None,
                    Some("until 2026-06-30 (team-data)"),
                    SettingChange::Added,
                    Some(12),
                ),
                setting(
                    "rules.rds-backup-retention-short.parameters.minimum_days",
                    Some("14"),
                    Some("7"),
                    SettingChange::Changed,
                    Some(8),
                ),
                setting("gate.mode", Some("introduced"), Some("any"), SettingChange::Tightened, Some(2)),
                setting(
                    "waiver of `rds-*` at `module.legacy[\"us\"].*`",
                    Some("until 2026-05-31 (team-data)"),
                    Some("until 2026-05-31 (team-data)"),
                    SettingChange::Same,
                    Some(30),
                ),
            ],
        },
        ConfigurationInForce {
            file: Some("other/planseal.yaml".into()),
            base: None,
            notes: vec![
                "the configuration on `origin/main` could not be read, so what this change loosens is not known: git says \
                 `Not a valid object name refs/remotes/origin/main`"
                    .into(),
            ],
            settings: vec![setting(
                "classification.strict",
                None,
                Some("true"),
                SettingChange::NotCompared,
                Some(2),
            )],
        },
    ];
    counted(report)
}

fn at(line: usize) -> Option<SourceLocation> {
    Some(SourceLocation {
        file: "planseal.yaml".into(),
        line,
    })
}
