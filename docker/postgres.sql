-- Run by the PostgreSQL of docker-compose.yml when it makes its data. The service's role is no superuser: it owns its
-- database, and may make the role that Grafana reads with.
\getenv password DEVOPSTIC_DATABASE_PASSWORD
CREATE ROLE devopstic LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE devopstic OWNER devopstic;
