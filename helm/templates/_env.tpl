{{/* A variable that is read from a Secret. Takes a dict: name, and where (of devopstic.secretKey). */}}
{{- define "devopstic.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      {{- .where | nindent 6 }}
{{- end -}}

{{/* The name of the first admin: the value of a variable. */}}
{{- define "devopstic.adminUsername" -}}
{{- if not .Values.admin.existingSecret -}}
valueFrom:
  secretKeyRef:
    name: {{ include "devopstic.fullname" . }}
    key: admin-username
{{- else if .Values.admin.existingSecretUsernameKey -}}
valueFrom:
  secretKeyRef:
    name: {{ .Values.admin.existingSecret }}
    key: {{ .Values.admin.existingSecretUsernameKey }}
{{- else -}}
value: {{ .Values.admin.username | quote }}
{{- end -}}
{{- end -}}

{{/* The user of the database: the value of a variable. */}}
{{- define "devopstic.databaseUser" -}}
{{- if and .Values.database.existingSecret .Values.database.existingSecretUserKey -}}
valueFrom:
  secretKeyRef:
    name: {{ .Values.database.existingSecret }}
    key: {{ .Values.database.existingSecretUserKey }}
{{- else -}}
value: {{ .Values.database.user | quote }}
{{- end -}}
{{- end -}}

{{/* Where the database is, for DevOpstic and for Grafana's data source. */}}
{{- define "devopstic.databasePlace" -}}
- name: DEVOPSTIC_DATABASE_HOST
  value: {{ include "devopstic.databaseHost" . | quote }}
- name: DEVOPSTIC_DATABASE_PORT
  value: {{ .Values.database.port | quote }}
- name: DEVOPSTIC_DATABASE_NAME
  value: {{ .Values.database.name | quote }}
{{- end -}}

{{/*
What every command of DevOpstic is run with. The settings belong to it: a migration stores those that rows are derived
with, and one that were run with others would make all rows be derived again.
*/}}
{{- define "devopstic.commonEnv" -}}
envFrom:
  - configMapRef:
      name: {{ include "devopstic.fullname" . }}
env:
  {{- include "devopstic.databasePlace" . | nindent 2 }}
  - name: DEVOPSTIC_DATABASE_SSL
    value: {{ .Values.database.ssl | quote }}
  - name: DEVOPSTIC_DATABASE_USER
    {{- include "devopstic.databaseUser" . | nindent 4 }}
  {{- include "devopstic.secretVariable" (dict "name" "DEVOPSTIC_DATABASE_PASSWORD" "where" (include "devopstic.databasePasswordKey" .)) | nindent 2 }}
  {{- if .Values.database.caConfigMap }}
  - name: NODE_EXTRA_CA_CERTS
    value: /etc/devopstic/database-ca/ca.crt
  {{- end }}
{{- end -}}

{{/* What only the service itself is run with. */}}
{{- define "devopstic.serviceEnv" -}}
- name: DEVOPSTIC_PORT
  value: {{ .Values.containerPort | quote }}
- name: DEVOPSTIC_USERNAME
  {{- include "devopstic.adminUsername" . | nindent 2 }}
{{ include "devopstic.secretVariable" (dict "name" "DEVOPSTIC_PASSWORD" "where" (include "devopstic.adminPasswordKey" .)) }}
{{- with .Values.jwt }}
{{- if or .secret .existingSecret }}
{{ include "devopstic.secretVariable" (dict "name" "DEVOPSTIC_JWT_SECRET" "where" (include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretKey "key" "jwt-secret"))) }}
{{- end }}
{{- end }}
{{- range $source, $webhook := .Values.webhooks }}
{{- if or .secret .existingSecret }}
{{ include "devopstic.secretVariable" (dict "name" (printf "DEVOPSTIC_%s_WEBHOOK_SECRET" (upper $source)) "where" (include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretKey "key" (printf "%s-webhook-secret" $source)))) }}
{{- end }}
{{- end }}
{{- with include "devopstic.metricsTokenKey" . }}
{{ include "devopstic.secretVariable" (dict "name" "DEVOPSTIC_METRICS_TOKEN" "where" .) }}
{{- end }}
{{- end -}}
