// As much of Jenkins as the step needs: the steps that it calls, the variables that they set while they last, and what the
// build tells of itself. Reads builds as JSON, runs the call of each, and prints what would be run in a shell, and with what
// environment. A step or a property that there is not ends it.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

class Jenkins {
  String library
  Map credentials
  Map environment
  List shells = []

  def string(Map credential) { credential }

  def withCredentials(List wanted, Closure body) {
    during(wanted.collectEntries {
      assert credentials.containsKey(it.credentialsId): "There is no credential ${it.credentialsId}"
      [it.variable, credentials[it.credentialsId]]
    }, body)
  }

  def withEnv(List<String> variables, Closure body) {
    during(variables.collectEntries { it.split('=', 2) as List }, body)
  }

  def libraryResource(String path) { new File(library, "resources/${path}").getText('UTF-8') }

  def sh(String script) { shells << [script: script, environment: environment] }

  private during(Map variables, Closure body) {
    Map before = environment
    environment = before + variables
    body()
    environment = before
  }
}

class Build {
  String currentResult
}

String library = args[0]
List ran = new JsonSlurper().parse(System.in, 'UTF-8').collect { build ->
  def jenkins = new Jenkins(library: library, credentials: build.credentials, environment: build.environment)
  def binding = new Binding(currentBuild: new Build(currentResult: build.result))
  def step = new GroovyShell(binding).parse(new File(library, 'vars/devopsticEvent.groovy'))
  step.metaClass.methodMissing = { String name, arguments -> jenkins.invokeMethod(name, arguments) }
  new GroovyShell(new Binding(devopsticEvent: step.&call)).evaluate(build.call)
  jenkins.shells
}
println JsonOutput.toJson(ran)
