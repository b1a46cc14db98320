//! Mutations of the plan that creates everything.

use serde_json::json;

use super::Mutation;
use super::edit::{Twin, key_address};

const INSTANCE: &str = "aws_db_instance.members";
const CLUSTER: &str = "aws_rds_cluster.invoices";
const MEMBER: &str = "aws_rds_cluster_instance.invoices";
const TABLE: &str = "aws_dynamodb_table.payments";
const LOGS: &str = "aws_cloudwatch_log_group.portal";
const TOPIC: &str = "aws_sns_topic.alarms";
const SECRET: &str = "aws_secretsmanager_secret.mailer";
const VOLUME: &str = "aws_ebs_volume.search";
const BY_DEFAULT: &str = "aws_ebs_encryption_by_default.this";
const BUCKET: &str = "aws_s3_bucket.profiles";
const SSE: &str = "aws_s3_bucket_server_side_encryption_configuration.profiles";

const DEFAULT: &str = "rule/0/apply_server_side_encryption_by_default/0";
const ALGORITHM: &str = "rule/0/apply_server_side_encryption_by_default/0/sse_algorithm";
const SSE_KEY: &str = "rule/0/apply_server_side_encryption_by_default/0/kms_master_key_id";

const UNCLASSIFIED: &str = "unclassified-store - violation introduced low";

const BUCKET_KEY: &str = "rule/0/bucket_key_enabled";

const KEYS: [&str; 5] = ["financial", "general", "logs", "pii", "secrets"];
const OPEN: &str = "kms-key-policy-open module.key[\"pii\"].aws_kms_key.this violation introduced high";

/// The policy of the key for personal data, with one statement changed so.
fn allow(twin: &mut Twin, changed: serde_json::Value) {
    let mut statement = json!({ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" });
    for (element, value) in changed.as_object().unwrap() {
        statement[element] = value.clone();
    }
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
    twin.set_on_key("pii", "policy", policy.to_string().into());
}

/// The bucket's own block in place of the separate resource.
fn inline(twin: &mut Twin, bucket_key: bool, default: serde_json::Value) {
    twin.remove(SSE);
    let rule = json!({ "apply_server_side_encryption_by_default": [default], "bucket_key_enabled": bucket_key });
    let rule = json!([{ "rule": [rule] }]);
    twin.set(BUCKET, "server_side_encryption_configuration", rule);
}

/// Encryption and key not written, and taken over from elsewhere.
fn taken_over(twin: &mut Twin, store: &str, path: &str) {
    if store == INSTANCE {
        twin.unset(store, "storage_encrypted");
    } else {
        twin.leave_to_aws(store, "storage_encrypted");
    }
    twin.leave_to_aws(store, "kms_key_id");
    twin.set(store, path, "elsewhere".into());
}

macro_rules! mutations {
    ($(#[$doc:meta])* $name:ident: $($what:literal, $change:expr => [$($expected:expr),* $(,)?];)*) => {
        $(#[$doc])*
        pub(super) const $name: &[Mutation] = &[$(Mutation { what: $what, change: $change, expected: &[$($expected),*] }),*];
    };
}
pub(super) use mutations;

mutations! {
    /// Of stores and what configures them.
    MUTATIONS:
    // RDS instance: pii.
    "an instance with storage_encrypted = false", |t| t.set(INSTANCE, "storage_encrypted", false.into()) =>
        ["at-rest-below-minimum aws_db_instance.members violation introduced critical"];
    "an instance without storage_encrypted", |t| t.unset(INSTANCE, "storage_encrypted") =>
        ["at-rest-below-minimum aws_db_instance.members violation introduced critical"];
    "an instance without a key", |t| t.leave_to_aws(INSTANCE, "kms_key_id") =>
        ["at-rest-below-minimum aws_db_instance.members violation introduced high"];
    "an instance with a key of another account", |t| t.set(INSTANCE, "kms_key_id", "arn:aws:kms:eu-central-1:444455556666:key/5aafab8f-0a2a-4da4-b7a7-0fb710b51392".into()) =>
        ["at-rest-below-recommended aws_db_instance.members undetermined introduced low"];
    "an instance with another category's key", |t| t.use_key(INSTANCE, "kms_key_id", "financial") => [
        "key-category-mismatch aws_db_instance.members violation introduced high",
        "key-shared-across-categories module.key[\"financial\"].aws_kms_key.this violation introduced high",
    ];
    "an instance from a snapshot", |t| taken_over(t, INSTANCE, "snapshot_identifier") =>
        ["at-rest-below-minimum aws_db_instance.members undetermined introduced critical"];
    "an instance that replicates one outside the plan", |t| taken_over(t, INSTANCE, "replicate_source_db") =>
        ["at-rest-below-minimum aws_db_instance.members undetermined introduced critical"];
    "an instance with a public address", |t| t.set(INSTANCE, "publicly_accessible", true.into()) =>
        ["rds-publicly-accessible aws_db_instance.members violation introduced high"];
    "an instance without deletion protection", |t| t.unset(INSTANCE, "deletion_protection") =>
        ["rds-deletion-protection-disabled aws_db_instance.members violation introduced medium"];
    "an instance with six days of backups", |t| t.set(INSTANCE, "backup_retention_period", 6.into()) =>
        ["rds-backup-retention-short aws_db_instance.members violation introduced medium"];
    "an instance with a week of backups", |t| t.set(INSTANCE, "backup_retention_period", 7.into()) => [];
    "an instance without backups", |t| t.leave_to_aws(INSTANCE, "backup_retention_period") =>
        ["rds-backup-retention-short aws_db_instance.members violation introduced medium"];
    "a replica without backups of its own", |t| {
        t.set(INSTANCE, "replicate_source_db", "arn:aws:rds:eu-west-1:111122223333:db:elsewhere".into());
        t.leave_to_aws(INSTANCE, "backup_retention_period");
    } => [];
    "an instance without IAM authentication", |t| t.unset(INSTANCE, "iam_database_authentication_enabled") =>
        ["rds-iam-authentication-disabled aws_db_instance.members violation introduced low"];
    "an instance of an engine without IAM authentication", |t| {
        t.set(INSTANCE, "engine", "oracle-se2".into());
        t.unset(INSTANCE, "iam_database_authentication_enabled");
    } => [];
    "an instance restored to a time, by name", |t| taken_over(t, INSTANCE, "restore_to_point_in_time/0/source_db_instance_identifier") =>
        ["at-rest-below-minimum aws_db_instance.members undetermined introduced critical"];
    "an instance restored to a time, by id", |t| taken_over(t, INSTANCE, "restore_to_point_in_time/0/source_dbi_resource_id") =>
        ["at-rest-below-minimum aws_db_instance.members undetermined introduced critical"];
    "an instance from a snapshot, with a key that restoring does not take", |t| t.set(INSTANCE, "snapshot_identifier", "elsewhere".into()) =>
        ["at-rest-below-minimum aws_db_instance.members undetermined introduced critical"];
    "an instance that replicates one of another Region, under a key of its own", |t|
        t.set(INSTANCE, "replicate_source_db", "arn:aws:rds:eu-west-1:111122223333:db:elsewhere".into()) => [];

    // RDS cluster: financial.
    "a cluster with storage_encrypted = false", |t| t.set(CLUSTER, "storage_encrypted", false.into()) =>
        ["at-rest-below-minimum aws_rds_cluster.invoices violation introduced critical"];
    "a cluster without storage_encrypted", |t| t.leave_to_aws(CLUSTER, "storage_encrypted") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices violation introduced critical"];
    "a cluster without a key", |t| t.leave_to_aws(CLUSTER, "kms_key_id") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices violation introduced high"];
    "a cluster with another category's key", |t| t.use_key(CLUSTER, "kms_key_id", "pii") => [
        "key-category-mismatch aws_rds_cluster.invoices violation introduced high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];
    "a serverless cluster, always encrypted", |t| {
        t.leave_to_aws(CLUSTER, "storage_encrypted");
        t.set(CLUSTER, "engine_mode", "serverless".into());
    } => [];
    "a serverless cluster without a key", |t| {
        t.leave_to_aws(CLUSTER, "storage_encrypted");
        t.leave_to_aws(CLUSTER, "kms_key_id");
        t.set(CLUSTER, "engine_mode", "serverless".into());
    } => ["at-rest-below-minimum aws_rds_cluster.invoices violation introduced high"];
    "a cluster from a snapshot", |t| taken_over(t, CLUSTER, "snapshot_identifier") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices undetermined introduced critical"];
    "a cluster in a global cluster", |t| taken_over(t, CLUSTER, "global_cluster_identifier") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices undetermined introduced critical"];
    "a cluster that replicates one outside the plan", |t| taken_over(t, CLUSTER, "replication_source_identifier") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices undetermined introduced critical"];
    "a cluster restored to a time, by name", |t| taken_over(t, CLUSTER, "restore_to_point_in_time/0/source_cluster_identifier") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices undetermined introduced critical"];
    "a cluster restored to a time, by id", |t| taken_over(t, CLUSTER, "restore_to_point_in_time/0/source_cluster_resource_id") =>
        ["at-rest-below-minimum aws_rds_cluster.invoices undetermined introduced critical"];

    "a cluster from a snapshot, under a key of its own", |t| t.set(CLUSTER, "snapshot_identifier", "elsewhere".into()) => [];
    "a cluster from a snapshot, under a key of its own and nothing else said", |t| {
        t.leave_to_aws(CLUSTER, "storage_encrypted");
        t.set(CLUSTER, "snapshot_identifier", "elsewhere".into());
    } => [];
    "a cluster that replicates one outside the plan, under a key of its own", |t|
        t.set(CLUSTER, "replication_source_identifier", "arn:aws:rds:eu-west-1:111122223333:cluster:elsewhere".into()) => [];

    "a cluster without deletion protection", |t| t.unset(CLUSTER, "deletion_protection") =>
        ["rds-deletion-protection-disabled aws_rds_cluster.invoices violation introduced medium"];
    "a cluster with six days of backups", |t| t.set(CLUSTER, "backup_retention_period", 6.into()) =>
        ["rds-backup-retention-short aws_rds_cluster.invoices violation introduced medium"];
    "a cluster with one day of backups", |t| t.leave_to_aws(CLUSTER, "backup_retention_period") =>
        ["rds-backup-retention-short aws_rds_cluster.invoices violation introduced medium"];
    "a replica of a cluster with one day of backups", |t| {
        t.set(CLUSTER, "replication_source_identifier", "arn:aws:rds:eu-west-1:111122223333:cluster:elsewhere".into());
        t.leave_to_aws(CLUSTER, "backup_retention_period");
    } => [];
    "a cluster without IAM authentication", |t| t.unset(CLUSTER, "iam_database_authentication_enabled") =>
        ["rds-iam-authentication-disabled aws_rds_cluster.invoices violation introduced low"];
    "a serverless cluster, which has no IAM authentication", |t| {
        t.set(CLUSTER, "engine_mode", "serverless".into());
        t.unset(CLUSTER, "iam_database_authentication_enabled");
    } => [];
    "a cluster of an engine without IAM authentication", |t| {
        t.set(CLUSTER, "engine", "custom-example".into());
        t.unset(CLUSTER, "iam_database_authentication_enabled");
    } => [];

    // An instance of that cluster: financial like it, without a tag of its own.
    "a cluster instance with a public address", |t| t.set(MEMBER, "publicly_accessible", true.into()) =>
        ["rds-publicly-accessible aws_rds_cluster_instance.invoices violation introduced high"];
    "a cluster instance that leaves its address to AWS", |t| t.leave_to_aws(MEMBER, "publicly_accessible") => [];
    "a cluster instance without a key for Performance Insights", |t| t.leave_to_aws(MEMBER, "performance_insights_kms_key_id") =>
        ["at-rest-below-minimum aws_rds_cluster_instance.invoices/performance-insights violation introduced medium"];
    "a cluster instance with another category's key for Performance Insights", |t| t.use_key(MEMBER, "performance_insights_kms_key_id", "pii") => [
        "key-category-mismatch aws_rds_cluster_instance.invoices/performance-insights violation introduced medium",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];
    "a cluster instance without Performance Insights", |t| {
        t.leave_to_aws(MEMBER, "performance_insights_enabled");
        t.leave_to_aws(MEMBER, "performance_insights_kms_key_id");
    } => [];
    "a cluster instance of a cluster outside the plan: nobody knows what it holds", |t| {
        t.set(MEMBER, "cluster_identifier", "elsewhere".into());
        t.leave_to_aws(MEMBER, "performance_insights_kms_key_id");
    } => ["at-rest-below-recommended aws_rds_cluster_instance.invoices/performance-insights advice introduced low"];
    "a cluster instance that names its cluster without a reference", |t| {
        t.set(MEMBER, "cluster_identifier", "portal-invoices".into());
        t.leave_to_aws(MEMBER, "performance_insights_kms_key_id");
    } => ["at-rest-below-minimum aws_rds_cluster_instance.invoices/performance-insights violation introduced medium"];
    "a cluster instance with a tag of its own", |t| {
        t.tag(MEMBER, Some("operational"));
        t.leave_to_aws(MEMBER, "performance_insights_kms_key_id");
    } => ["at-rest-below-recommended aws_rds_cluster_instance.invoices/performance-insights advice introduced low"];

    // Managed passwords: secrets, whatever the database holds.
    "a managed password of an instance under AWS's own key", |t| t.leave_to_aws(INSTANCE, "master_user_secret_kms_key_id") =>
        ["at-rest-below-recommended aws_db_instance.members/master-user-secret advice introduced low"];
    "a managed password of a cluster under AWS's own key", |t| t.leave_to_aws(CLUSTER, "master_user_secret_kms_key_id") =>
        ["at-rest-below-recommended aws_rds_cluster.invoices/master-user-secret advice introduced low"];
    "a password of an instance that nobody manages", |t| t.unset(INSTANCE, "manage_master_user_password") => [];
    "a password of a cluster that nobody manages", |t| t.unset(CLUSTER, "manage_master_user_password") => [];

    // DynamoDB table: financial.
    "a table with encryption not enabled", |t| t.set(TABLE, "server_side_encryption/0/enabled", false.into()) =>
        ["at-rest-below-minimum aws_dynamodb_table.payments violation introduced high"];
    "a table without a key", |t| t.leave_to_aws(TABLE, "server_side_encryption/0/kms_key_arn") =>
        ["at-rest-below-minimum aws_dynamodb_table.payments violation introduced high"];
    "a table without the block", |t| t.leave_to_aws(TABLE, "server_side_encryption") =>
        ["at-rest-below-minimum aws_dynamodb_table.payments violation introduced high"];
    "a table that is restored by name", |t| {
        t.leave_to_aws(TABLE, "server_side_encryption");
        t.set(TABLE, "restore_source_name", "elsewhere".into());
    } => ["at-rest-below-minimum aws_dynamodb_table.payments undetermined introduced high"];
    "a table that is restored by its ARN", |t| {
        t.leave_to_aws(TABLE, "server_side_encryption");
        t.set(TABLE, "restore_source_table_arn", "arn:aws:dynamodb:eu-west-1:111122223333:table/elsewhere".into());
    } => ["at-rest-below-minimum aws_dynamodb_table.payments undetermined introduced high"];
    "a table with another category's key", |t| t.use_key(TABLE, "server_side_encryption/0/kms_key_arn", "pii") => [
        "key-category-mismatch aws_dynamodb_table.payments violation introduced high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];

    // Log group: audit-logs.
    "a log group without a key", |t| t.unset(LOGS, "kms_key_id") =>
        ["at-rest-below-minimum aws_cloudwatch_log_group.portal violation introduced high"];
    "a log group with another category's key", |t| t.use_key(LOGS, "kms_key_id", "general") =>
        ["key-category-mismatch aws_cloudwatch_log_group.portal violation introduced high"];
    "a log group without a tag: its type says what it holds", |t| t.tag(LOGS, None) => [];

    // Topic: operational.
    "a topic without a key", |t| t.unset(TOPIC, "kms_master_key_id") =>
        ["at-rest-below-minimum aws_sns_topic.alarms violation introduced medium"];
    "a topic with an empty key", |t| t.set(TOPIC, "kms_master_key_id", "".into()) =>
        ["at-rest-below-minimum aws_sns_topic.alarms violation introduced medium"];
    "a topic with the AWS-managed key: enough for operational data", |t| t.set(TOPIC, "kms_master_key_id", "alias/aws/sns".into()) =>
        ["at-rest-below-recommended aws_sns_topic.alarms advice introduced low"];
    "a topic of personal data with the AWS-managed key", |t| {
        t.set(TOPIC, "kms_master_key_id", "alias/aws/sns".into());
        t.tag(TOPIC, Some("pii"));
    } => ["at-rest-below-minimum aws_sns_topic.alarms violation introduced high"];
    "a topic of personal data without a key", |t| {
        t.unset(TOPIC, "kms_master_key_id");
        t.tag(TOPIC, Some("pii"));
    } => ["at-rest-below-minimum aws_sns_topic.alarms violation introduced critical"];
    "an operational topic with a sensitive category's key", |t| t.use_key(TOPIC, "kms_master_key_id", "pii") => [];

    // Secret: operational.
    "a secret without a key: the AWS-managed one is enough", |t| t.unset(SECRET, "kms_key_id") =>
        ["at-rest-below-recommended aws_secretsmanager_secret.mailer advice introduced low"];
    "a secret of health data without a key", |t| {
        t.unset(SECRET, "kms_key_id");
        t.tag(SECRET, Some("health"));
    } => ["at-rest-below-minimum aws_secretsmanager_secret.mailer violation introduced high"];

    // Volume: operational, in an account where encryption by default is on.
    "a volume that is not encrypted", |t| t.set(VOLUME, "encrypted", false.into()) =>
        ["at-rest-below-minimum aws_ebs_volume.search violation introduced medium"];
    "a volume without a key: any default key is enough", |t| t.leave_to_aws(VOLUME, "kms_key_id") =>
        ["at-rest-below-recommended aws_ebs_volume.search undetermined introduced low"];
    "a volume of financial data without a key", |t| {
        t.leave_to_aws(VOLUME, "kms_key_id");
        t.tag(VOLUME, Some("financial"));
    } => ["at-rest-below-minimum aws_ebs_volume.search undetermined introduced high"];
    "a volume encrypted by the account's default", |t| t.leave_to_aws(VOLUME, "encrypted") =>
        ["at-rest-below-recommended aws_ebs_volume.search undetermined introduced low"];
    "encryption by default off, where each volume says itself", |t| t.set(BY_DEFAULT, "enabled", false.into()) =>
        ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this violation introduced medium"];
    "encryption by default, not written: the resource switches it on", |t| t.unset(BY_DEFAULT, "enabled") => [];
    "encryption by default that is known after apply", |t| t.refer(BY_DEFAULT, "enabled", "terraform_data.choice.output") =>
        ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this undetermined introduced medium"];
    "a volume, and encryption by default elsewhere", |t| t.remove(BY_DEFAULT) =>
        ["ebs-encryption-by-default-disabled - advice introduced medium"];
    "neither a volume nor encryption by default", |t| {
        t.remove(BY_DEFAULT);
        t.remove(VOLUME);
    } => [];
    "encryption by default off, where a volume says nothing", |t| {
        t.leave_to_aws(VOLUME, "encrypted");
        t.set(BY_DEFAULT, "enabled", false.into());
    } => [
        "at-rest-below-minimum aws_ebs_volume.search violation introduced medium",
        "ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this violation introduced medium",
    ];
    "encryption by default unknown, where a volume says nothing", |t| {
        t.leave_to_aws(VOLUME, "encrypted");
        t.remove(BY_DEFAULT);
    } => [
        "at-rest-below-minimum aws_ebs_volume.search undetermined introduced medium",
        "ebs-encryption-by-default-disabled - advice introduced medium",
    ];
    "a volume from a snapshot", |t| {
        t.leave_to_aws(VOLUME, "encrypted");
        t.set(VOLUME, "snapshot_id", "snap-0123456789abcdef0".into());
    } => ["at-rest-below-recommended aws_ebs_volume.search undetermined introduced low"];

    // Bucket: pii, with a separate configuration.
    "a bucket with SSE-S3", |t| {
        t.set(SSE, ALGORITHM, "AES256".into());
        t.unset(SSE, SSE_KEY);
    } => ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with an empty key", |t| t.set(SSE, SSE_KEY, "".into()) =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with dual-layer encryption without a key", |t| {
        t.set(SSE, ALGORITHM, "aws:kms:dsse".into());
        t.unset(SSE, SSE_KEY);
    } => ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with dual-layer encryption", |t| t.set(SSE, ALGORITHM, "aws:kms:dsse".into()) => [];
    "a bucket with the AWS-managed key", |t| t.set(SSE, SSE_KEY, "alias/aws/s3".into()) =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with another category's key", |t| t.use_key(SSE, SSE_KEY, "financial") => [
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
        "key-shared-across-categories module.key[\"financial\"].aws_kms_key.this violation introduced high",
    ];
    "a configuration whose rule is in a dynamic block over what is not known yet", |t| t.leave_to_aws(SSE, "rule") => [
        "at-rest-below-minimum aws_s3_bucket.profiles undetermined introduced high",
        "s3-bucket-key-disabled aws_s3_bucket.profiles undetermined introduced low",
    ];
    "a bucket without a bucket key", |t| t.set(SSE, BUCKET_KEY, false.into()) =>
        ["s3-bucket-key-disabled aws_s3_bucket.profiles violation introduced low"];
    "a bucket that does not say whether it has a bucket key", |t| t.unset(SSE, BUCKET_KEY) =>
        ["s3-bucket-key-disabled aws_s3_bucket.profiles violation introduced low"];
    "a bucket whose bucket key is known after apply", |t| t.refer(SSE, BUCKET_KEY, "terraform_data.choice.output") =>
        ["s3-bucket-key-disabled aws_s3_bucket.profiles undetermined introduced low"];
    "a bucket with dual-layer encryption, which has no bucket key", |t| {
        t.set(SSE, ALGORITHM, "aws:kms:dsse".into());
        t.unset(SSE, BUCKET_KEY);
    } => [];
    "a bucket whose configuration sets a bucket key only", |t| {
        let list = DEFAULT.strip_suffix("/0").unwrap();
        t.becomes(SSE, list, json!([]));
        t.expressions(SSE)["rule"][0].as_object_mut().unwrap().remove("apply_server_side_encryption_by_default");
    } => ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket without a configuration", |t| t.remove(SSE) =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a configuration that is another bucket's", |t| t.refer(SSE, "bucket", "aws_s3_bucket.assets.id") =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with its own block: SSE-S3", |t| inline(t, false, json!({ "sse_algorithm": "AES256" })) =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a bucket with its own block: no key", |t| inline(t, false, json!({ "sse_algorithm": "aws:kms", "kms_master_key_id": null })) => [
        "at-rest-below-minimum aws_s3_bucket.profiles violation introduced high",
        "s3-bucket-key-disabled aws_s3_bucket.profiles violation introduced low",
    ];
    "a bucket with its own block: a key outside the plan", |t| inline(t, true, json!({
        "sse_algorithm": "aws:kms",
        "kms_master_key_id": "arn:aws:kms:eu-central-1:444455556666:key/5aafab8f-0a2a-4da4-b7a7-0fb710b51392",
    })) => ["at-rest-below-recommended aws_s3_bucket.profiles undetermined introduced low"];
    "public assets without a configuration: SSE-S3 is enough", |t| t.remove("aws_s3_bucket_server_side_encryption_configuration.assets") => [];

    // Tags.
    "a bucket without a tag: its key says what it holds", |t| t.tag(BUCKET, None) => [UNCLASSIFIED];
    "a topic without a tag", |t| t.tag(TOPIC, None) => [UNCLASSIFIED];
    "a bucket without a tag and without a key", |t| t.tag("aws_s3_bucket.assets", None) =>
        ["at-rest-below-minimum aws_s3_bucket.assets violation introduced low", UNCLASSIFIED];
    "a tag that is no category", |t| t.tag(BUCKET, Some("confidential")) => [
        "at-rest-below-recommended aws_s3_bucket.profiles undetermined introduced low",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this undetermined introduced high",
        "key-category-mismatch aws_s3_bucket.profiles undetermined introduced high",
        "unclassified-store - undetermined introduced low",
    ];
    "a tag by another word", |t| t.tag(BUCKET, Some("Personal-Data")) => [];
    "a tag in the provider's default_tags", |t| t.unset(BUCKET, "tags") => [];
    "an instance without a tag", |t| t.tag(INSTANCE, None) => [UNCLASSIFIED];
    "a cluster of another sensitive category, and its instance with it", |t| t.tag(CLUSTER, Some("pii")) => [
        "key-category-mismatch aws_rds_cluster.invoices violation introduced high",
        "key-category-mismatch aws_rds_cluster_instance.invoices/performance-insights violation introduced medium",
        "key-shared-across-categories module.key[\"financial\"].aws_kms_key.this violation introduced high",
    ];
    "a bucket of another sensitive category", |t| t.tag(BUCKET, Some("health")) => [
        // A key for health data should be in a hardware module.
        "at-rest-below-recommended aws_s3_bucket.profiles advice introduced low",
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];
    "a bucket of a category that needs less", |t| t.tag(BUCKET, Some("operational")) => [];
    "public assets that are personal data", |t| t.tag("aws_s3_bucket.assets", Some("pii")) =>
        ["at-rest-below-minimum aws_s3_bucket.assets violation introduced high"];
    "two tags that name different categories", |t| {
        t.becomes(BUCKET, "tags_all/data-classification", "financial".into());
        t.set(BUCKET, "tags", json!({ "data-class": "pii", "data-classification": "financial" }));
    } => ["category-conflict aws_s3_bucket.profiles violation introduced medium"];
    "two tags that name the same category", |t| {
        t.becomes(BUCKET, "tags_all/data-classification", "personal".into());
        t.set(BUCKET, "tags", json!({ "data-class": "pii", "data-classification": "personal" }));
    } => [];
    "two tags, the second of a category that needs more", |t| {
        t.becomes("aws_s3_bucket.assets", "tags_all/data-classification", "pii".into());
        t.set("aws_s3_bucket.assets", "tags", json!({ "data-class": "public", "data-classification": "pii" }));
    } => [
        "at-rest-below-minimum aws_s3_bucket.assets violation introduced high",
        "category-conflict aws_s3_bucket.assets violation introduced medium",
    ];
    "a tag that is known after apply", |t| {
        t.refer(BUCKET, "tags", "aws_db_instance.members.resource_id");
        t.leave_to_aws(BUCKET, "tags_all");
    } => [
        "at-rest-below-recommended aws_s3_bucket.profiles undetermined introduced low",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this undetermined introduced high",
        "key-category-mismatch aws_s3_bucket.profiles undetermined introduced high",
        "unclassified-store - undetermined introduced low",
    ];
}

mutations! {
    /// Of keys.
    OF_KEYS:
    "a key without rotation", |t| t.set_on_key("pii", "enable_key_rotation", false.into()) =>
        ["kms-rotation-disabled module.key[\"pii\"].aws_kms_key.this violation introduced medium"];
    "a key that does not say whether it rotates", |t| t.set_on_key("general", "enable_key_rotation", json!(null)) =>
        ["kms-rotation-disabled module.key[\"general\"].aws_kms_key.this violation introduced medium"];
    "an asymmetric key, which cannot rotate", |t| {
        t.set_on_key("secrets", "enable_key_rotation", false.into());
        t.set_on_key("secrets", "customer_master_key_spec", "RSA_4096".into());
    } => [];
    "a key for signatures, which cannot rotate", |t| {
        t.set_on_key("secrets", "enable_key_rotation", false.into());
        t.set_on_key("secrets", "key_usage", "GENERATE_VERIFY_MAC".into());
    } => [];
    "a key in a custom key store, which cannot rotate", |t| {
        t.set_on_key("secrets", "enable_key_rotation", false.into());
        t.set_on_key("secrets", "custom_key_store_id", "cks-1234567890abcdef0".into());
    } => [];
    "a key that is gone after a week", |t| t.set_on_key("pii", "deletion_window_in_days", 7.into()) =>
        ["kms-deletion-window-short module.key[\"pii\"].aws_kms_key.this violation introduced medium"];
    "a key that is gone after 13 days", |t| t.set_on_key("pii", "deletion_window_in_days", 13.into()) =>
        ["kms-deletion-window-short module.key[\"pii\"].aws_kms_key.this violation introduced medium"];
    "a key that is gone after two weeks", |t| t.set_on_key("pii", "deletion_window_in_days", 14.into()) => [];
    "a key with the longest window, not written", |t| t.set_on_key("pii", "deletion_window_in_days", json!(null)) => [];
    "a key that is created disabled: nothing uses it yet", |t| t.set_on_key("pii", "is_enabled", false.into()) => [];

    "Performance Insights under AWS's own key", |t| t.unset(INSTANCE, "performance_insights_kms_key_id") =>
        ["at-rest-below-minimum aws_db_instance.members/performance-insights violation introduced medium"];
    "Performance Insights switched off", |t| t.becomes(INSTANCE, "performance_insights_enabled", false.into()) => [];
    "Performance Insights under another category's key", |t| t.use_key(INSTANCE, "performance_insights_kms_key_id", "financial") => [
        "key-category-mismatch aws_db_instance.members/performance-insights violation introduced medium",
        "key-shared-across-categories module.key[\"financial\"].aws_kms_key.this violation introduced high",
    ];
    "a managed password under a sensitive category's key: it is no data", |t|
        t.use_key(INSTANCE, "master_user_secret_kms_key_id", "financial") => [];

    "keys without a policy of their own", |t| for key in KEYS {
        t.leave_to_aws(&key_address(key), "policy");
    } => ["kms-key-policy-missing module.key[\"pii\"].aws_kms_key.this advice introduced low"];
    "a key that everyone may use", |t| allow(t, json!({ "Principal": "*" })) => [OPEN];
    "a key that everyone may use, in a list of principals", |t|
        allow(t, json!({ "Principal": { "AWS": ["arn:aws:iam::111122223333:root", "*"] } })) => [OPEN];
    "a key that everyone but one may use", |t|
        allow(t, json!({ "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:user/x" } })) => [OPEN];
    "a key that everyone may use over TLS", |t|
        allow(t, json!({ "Principal": "*", "Condition": { "Bool": { "aws:SecureTransport": "true" } } })) => [OPEN];
    "a key that everyone in the organisation may use", |t|
        allow(t, json!({ "Principal": "*", "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } })) => [];
    "a key that nobody may use from elsewhere", |t| allow(t, json!({ "Effect": "Deny", "Principal": "*" })) => [];
    "a key whose policy is known after apply", |t|
        t.refer(&key_address("pii"), "policy", "data.aws_iam_policy_document.this.json") =>
        ["kms-key-policy-open module.key[\"pii\"].aws_kms_key.this undetermined introduced high"];
    "a secret of health data under a key of its own", |t| {
        t.tag(SECRET, Some("health"));
        t.tag_key("secrets", Some("health"));
    } => ["at-rest-below-recommended aws_secretsmanager_secret.mailer advice introduced low"];
    "a secret of health data under a key in a hardware module", |t| {
        t.tag(SECRET, Some("health"));
        t.tag_key("secrets", Some("health"));
        t.set_on_key("secrets", "custom_key_store_id", "cks-1234567890abcdef0".into());
    } => [];

    "a key of another sensitive category", |t| t.tag_key("pii", Some("health")) => [
        "key-category-mismatch aws_db_instance.members violation introduced high",
        "key-category-mismatch aws_db_instance.members/performance-insights violation introduced medium",
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
    ];
    "a key of another sensitive category, for other stores", |t| t.tag_key("financial", Some("pii")) => [
        "key-category-mismatch aws_dynamodb_table.payments violation introduced high",
        "key-category-mismatch aws_rds_cluster.invoices violation introduced high",
        "key-category-mismatch aws_rds_cluster_instance.invoices/performance-insights violation introduced medium",
    ];
    "a key of a category that needs less", |t| t.tag_key("logs", Some("operational")) =>
        ["key-category-mismatch aws_cloudwatch_log_group.portal violation introduced high"];
    "a key of operational stores with a sensitive tag", |t| t.tag_key("general", Some("pii")) => [];
    "a key without a tag: nothing contradicts its stores", |t| t.tag_key("pii", None) => [];
    "a key without a tag, named by an alias as another category's", |t| {
        t.tag_key("pii", None);
        t.becomes("module.key[\"pii\"].aws_kms_alias.this", "name", "alias/cmk-financial".into());
    } => [
        "key-category-mismatch aws_db_instance.members violation introduced high",
        "key-category-mismatch aws_db_instance.members/performance-insights violation introduced medium",
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
    ];
    "a key whose tag says more than its alias", |t| {
        t.becomes("module.key[\"pii\"].aws_kms_alias.this", "name", "alias/cmk-financial".into());
    } => [];
}
