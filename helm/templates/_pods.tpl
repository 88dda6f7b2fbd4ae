{{/* What all pods have in common. Nothing in them calls the API of Kubernetes, or reads the variables it makes for services. */}}
{{- define "devopstic.podCommon" -}}
serviceAccountName: {{ include "devopstic.serviceAccountName" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* A container that runs a command of DevOpstic; what it is called and runs is the caller's. */}}
{{- define "devopstic.container" -}}
image: {{ include "devopstic.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
workingDir: /app
resources:
  {{- toYaml .Values.resources | nindent 2 }}
# In the pod of another image too: as the user of its own.
securityContext:
  {{- toYaml (merge (pick .Values.podSecurityContext "runAsUser" "runAsGroup") .Values.securityContext) | nindent 2 }}
{{- end -}}

{{- define "devopstic.caMount" -}}
{{- if .Values.database.caConfigMap -}}
- name: database-ca
  mountPath: /etc/devopstic/database-ca
  readOnly: true
{{- end -}}
{{- end -}}

{{- define "devopstic.caVolume" -}}
{{- if .Values.database.caConfigMap -}}
- name: database-ca
  configMap:
    name: {{ .Values.database.caConfigMap }}
    items:
      - key: {{ .Values.database.caConfigMapKey }}
        path: ca.crt
{{- end -}}
{{- end -}}

{{/* One that is away does not take all with it. Takes a list of the root and the label of the node. */}}
{{- define "devopstic.spread" -}}
{{- $root := index . 0 -}}
- maxSkew: 1
  topologyKey: {{ index . 1 }}
  whenUnsatisfiable: {{ $root.Values.topologySpread }}
  labelSelector:
    matchLabels:
      {{- include "devopstic.selector" (list $root "api") | nindent 6 }}
  # Not the pods that an update is about to replace.
  matchLabelKeys:
    - pod-template-hash
{{- end -}}

{{/* Takes a dict: root, name, component, ingress, service (its name). */}}
{{- define "devopstic.ingress" -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .name }}
  labels:
    {{- include "devopstic.labels" (list .root .component) | nindent 4 }}
  {{- with .ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- if .ingress.tls.enabled }}
  tls:
    - hosts:
        {{- toYaml .ingress.hosts | nindent 8 }}
      {{- with .ingress.tls.secretName }}
      secretName: {{ . }}
      {{- end }}
  {{- end }}
  rules:
    {{- range .ingress.hosts }}
    - host: {{ . | quote }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ $.name }}
                port:
                  name: http
    {{- end }}
{{- end -}}
