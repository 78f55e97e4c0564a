-- Beside the data, in the volume sqlserver; copy the files away afterwards. CHECKSUM finds a damaged page now and not at the restore.
BACKUP DATABASE ReferralIntake TO DISK = N'/var/opt/mssql/data/ReferralIntake.bak' WITH INIT, CHECKSUM;
BACKUP DATABASE Planning TO DISK = N'/var/opt/mssql/data/Planning.bak' WITH INIT, CHECKSUM;
BACKUP DATABASE Feedback TO DISK = N'/var/opt/mssql/data/Feedback.bak' WITH INIT, CHECKSUM;
