-- All three from the same backup: they know the same referrals.
RESTORE DATABASE ReferralIntake FROM DISK = N'/var/opt/mssql/data/ReferralIntake.bak' WITH REPLACE, CHECKSUM;
RESTORE DATABASE Planning FROM DISK = N'/var/opt/mssql/data/Planning.bak' WITH REPLACE, CHECKSUM;
RESTORE DATABASE Feedback FROM DISK = N'/var/opt/mssql/data/Feedback.bak' WITH REPLACE, CHECKSUM;
