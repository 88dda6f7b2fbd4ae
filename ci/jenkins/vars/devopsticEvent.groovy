/**
 * Tells DevOpstic of a deployment, or of any other event: see doc/ci.md. Takes the fields of the event, by their names in
 * the API, and the id of the credential that holds the key. DEVOPSTIC_URL is read from the environment.
 */
def call(Map event = [:], String credentialsId = 'devopstic-key') {
  Map fields = [environment: 'production', status: currentBuild.currentResult] + event
  // What is not known, such as a commit that the job itself did not check out, is left out.
  List variables = fields.findAll { name, value -> value != null }.collect { name, value ->
    "DEVOPSTIC_EVENT_${name.toUpperCase()}=${[value].flatten().join(' ')}".toString()
  }
  withCredentials([string(credentialsId: credentialsId, variable: 'DEVOPSTIC_KEY')]) {
    withEnv(variables) {
      sh libraryResource('devopstic/send-event.sh')
    }
  }
}
