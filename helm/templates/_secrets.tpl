{{/*
A secret that is given, else the one that the release has, else a new one. Takes a dict: given, kept, key.
*/}}
{{- define "devopstic.keptOrNew" -}}
{{- if .given -}}
{{- .given -}}
{{- else if hasKey .kept .key -}}
{{- index .kept .key | b64dec -}}
{{- else -}}
{{- randAlphaNum 32 -}}
{{- end -}}
{{- end -}}

{{/*
What the release's own Secret holds, as JSON. It is made once a rendering, since a made-up value would be another one
each time, and the checksums of the pods would not be those of what they read.
*/}}
{{- define "devopstic.secretData" -}}
{{- if not (hasKey .Values "secretData") -}}
{{- $_ := set .Values "secretData" (include "devopstic.makeSecretData" . | fromJson) -}}
{{- end -}}
{{- .Values.secretData | toJson -}}
{{- end -}}

{{- define "devopstic.makeSecretData" -}}
{{- $kept := (lookup "v1" "Secret" .Release.Namespace (include "devopstic.fullname" .)).data | default dict -}}
{{- $data := dict -}}
{{- with .Values.admin -}}
{{- if not .existingSecret -}}
{{- $_ := set $data "admin-username" .username -}}
{{- $_ := set $data "admin-password" (include "devopstic.keptOrNew" (dict "given" .password "kept" $kept "key" "admin-password")) -}}
{{- end -}}
{{- end -}}
{{- with .Values.jwt.secret -}}
{{- $_ := set $data "jwt-secret" . -}}
{{- end -}}
{{- with .Values.metrics.token -}}
{{- $_ := set $data "metrics-token" . -}}
{{- end -}}
{{- range $source, $webhook := .Values.webhooks -}}
{{- with $webhook.secret -}}
{{- $_ := set $data (printf "%s-webhook-secret" $source) . -}}
{{- end -}}
{{- end -}}
{{- with .Values.database -}}
{{- if not .existingSecret -}}
{{- $_ := set $data "database-password" (include "devopstic.keptOrNew" (dict "given" .password "kept" $kept "key" "database-password")) -}}
{{- end -}}
{{- end -}}
{{- if .Values.grafana.enabled -}}
{{- with .Values.grafana.admin -}}
{{- if not .existingSecret -}}
{{- $_ := set $data "grafana-admin-password" (include "devopstic.keptOrNew" (dict "given" .password "kept" $kept "key" "grafana-admin-password")) -}}
{{- end -}}
{{- end -}}
{{- with .Values.grafana.databaseRole -}}
{{- if not .existingSecret -}}
{{- $_ := set $data "grafana-role-password" (include "devopstic.keptOrNew" (dict "given" .password "kept" $kept "key" "grafana-role-password")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $data | toJson -}}
{{- end -}}

{{/* Where a container finds a secret. Takes a dict: root, existing (a Secret of the user's), existingKey, key (in ours). */}}
{{- define "devopstic.secretKey" -}}
{{- if .existing -}}
name: {{ .existing }}
key: {{ .existingKey }}
{{- else -}}
name: {{ include "devopstic.fullname" .root }}
key: {{ .key }}
{{- end -}}
{{- end -}}

{{- define "devopstic.adminPasswordKey" -}}
{{- with .Values.admin -}}
{{- include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretPasswordKey "key" "admin-password") -}}
{{- end -}}
{{- end -}}

{{- define "devopstic.databasePasswordKey" -}}
{{- with .Values.database -}}
{{- include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretPasswordKey "key" "database-password") -}}
{{- end -}}
{{- end -}}

{{- define "devopstic.metricsTokenKey" -}}
{{- with .Values.metrics -}}
{{- if or .token .existingSecret -}}
{{- include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretKey "key" "metrics-token") -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "devopstic.grafanaRolePasswordKey" -}}
{{- with .Values.grafana.databaseRole -}}
{{- include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretKey "key" "grafana-role-password") -}}
{{- end -}}
{{- end -}}

{{- define "devopstic.grafanaAdminPasswordKey" -}}
{{- with .Values.grafana.admin -}}
{{- include "devopstic.secretKey" (dict "root" $ "existing" .existingSecret "existingKey" .existingSecretKey "key" "grafana-admin-password") -}}
{{- end -}}
{{- end -}}
