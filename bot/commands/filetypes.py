"""What a file in a repository says of whoever changes it: the language or tool it is written for."""

from pathlib import PurePosixPath

_BY_ENDING = {
    "Python": "py pyi pyx",
    "Jupyter": "ipynb",
    "JavaScript": "js mjs cjs jsx",
    "TypeScript": "ts tsx mts",
    "Vue.js": "vue",
    "Svelte": "svelte",
    "HTML": "html htm",
    "CSS": "css scss sass less",
    "Java": "java",
    "Kotlin": "kt kts",
    "Scala": "scala sbt",
    "Groovy": "groovy",
    "Clojure": "clj cljs cljc",
    "C": "c",
    "C++": "cc cpp cxx hpp hxx",
    "C#": "cs csproj",
    "F#": "fs fsproj",
    "Visual Basic": "vb",
    "Go": "go",
    "Rust": "rs",
    "Swift": "swift",
    "Objective-C": "mm",
    "Dart": "dart",
    "Ruby": "rb erb gemspec",
    "PHP": "php",
    "Perl": "pl pm",
    "R": "r rmd",
    "Julia": "jl",
    "MATLAB": "mlx",
    "Lua": "lua",
    "Elixir": "ex exs",
    "Erlang": "erl",
    "Haskell": "hs",
    "OCaml": "ml mli",
    "Fortran": "f90 f95 f03",
    "COBOL": "cbl cob",
    "ABAP": "abap",
    "Apex": "apxc",
    "Solidity": "sol",
    "Zig": "zig",
    "Shell scripting": "sh bash zsh",
    "PowerShell": "ps1 psm1",
    "SQL": "sql",
    "Terraform": "tf tfvars hcl",
    "Bicep": "bicep",
    "Nix": "nix",
    "Protocol Buffers": "proto",
    "GraphQL": "graphql gql",
    "LaTeX": "tex bib",
    "CUDA": "cu cuh",
    "Verilog": "sv",
    "VHDL": "vhd vhdl",
    "PlantUML": "puml",
}
_BY_NAME = {
    "Docker": "dockerfile containerfile docker-compose.yml docker-compose.yaml compose.yaml compose.yml",
    "Kubernetes": "kustomization.yaml kustomization.yml",
    "Helm": "chart.yaml helmfile.yaml",
    "Ansible": "ansible.cfg",
    "Jenkins": "jenkinsfile",
    "GitLab CI": ".gitlab-ci.yml",
    "CircleCI": ".circleci/config.yml",
    "Node.js": "package.json",
    "Maven": "pom.xml",
    "Gradle": "build.gradle build.gradle.kts",
    "CMake": "cmakelists.txt",
    "Bazel": "workspace.bazel build.bazel module.bazel",
    "Rust": "cargo.toml",
    "Go": "go.mod",
    "Python": "pyproject.toml setup.cfg requirements.txt",
    "Ruby": "gemfile rakefile",
    "PHP": "composer.json",
    "dbt": "dbt_project.yml",
    "Serverless": "serverless.yml",
    "OpenAPI": "openapi.yaml openapi.yml openapi.json",
}
_ENDINGS = {ending: name for name, endings in _BY_ENDING.items() for ending in endings.split()}
_NAMES = {file: name for name, files in _BY_NAME.items() for file in files.split()}
_OTHERS_WORK = frozenset("node_modules vendor vendored third_party third-party site-packages bower_components".split())
"""Folders of what was brought in from elsewhere."""


def skill_of(path: str) -> str:
    """Empty where the file tells nothing, or lies among what others made."""
    file = PurePosixPath(path)
    if _OTHERS_WORK.intersection(file.parts[:-1]):
        return ""
    if file.parts[-3:-1] == (".github", "workflows"):
        return "GitHub Actions"
    name = file.name.lower()
    return _NAMES.get(name) or _ENDINGS.get(file.suffix.lower().removeprefix("."), "")
