-- Once and again: what is there stays, a changed password is taken over. $(...) are environment variables of sqlcmd.
IF DB_ID('ReferralIntake') IS NULL CREATE DATABASE ReferralIntake;
IF DB_ID('Planning') IS NULL CREATE DATABASE Planning;
IF DB_ID('Feedback') IS NULL CREATE DATABASE Feedback;
GO
IF SUSER_ID('referral_intake') IS NULL CREATE LOGIN referral_intake WITH PASSWORD = '$(IntakePassword)';
ELSE ALTER LOGIN referral_intake WITH PASSWORD = '$(IntakePassword)';
IF SUSER_ID('planning') IS NULL CREATE LOGIN planning WITH PASSWORD = '$(PlanningPassword)';
ELSE ALTER LOGIN planning WITH PASSWORD = '$(PlanningPassword)';
IF SUSER_ID('feedback') IS NULL CREATE LOGIN feedback WITH PASSWORD = '$(FeedbackPassword)';
ELSE ALTER LOGIN feedback WITH PASSWORD = '$(FeedbackPassword)';
GO
-- Owner of its own tables, because each service brings them up to date when it starts.
USE ReferralIntake;
IF USER_ID('referral_intake') IS NULL CREATE USER referral_intake FOR LOGIN referral_intake;
ALTER ROLE db_owner ADD MEMBER referral_intake;
GO
USE Planning;
IF USER_ID('planning') IS NULL CREATE USER planning FOR LOGIN planning;
ALTER ROLE db_owner ADD MEMBER planning;
GO
USE Feedback;
IF USER_ID('feedback') IS NULL CREATE USER feedback FOR LOGIN feedback;
ALTER ROLE db_owner ADD MEMBER feedback;
GO
