import Foundation
import PackagePlugin

/// Writes the git commit into the build: run again whenever a source file or the commit changes.
@main
struct BuildStamp: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "GitCommit.swift")
        let sources = context.package.targets
            .compactMap { $0 as? SourceModuleTarget }
            .flatMap { $0.sourceFiles.map(\.url) }
        let head = [".git/HEAD", ".git/logs/HEAD"]
            .map { root.appending(path: $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        let script = """
            commit=$(git -C "$1" rev-parse HEAD 2>/dev/null || echo unknown)
            if [ -n "$(git -C "$1" status --porcelain -- Sources Plugins Package.swift 2>/dev/null)" ]; then commit="$commit-dirty"; fi
            printf 'extension BuildInfo {\\n    /// The commit.\\n    public static let gitCommit = "%s"\\n}\\n' "$commit" > "$2"
            """
        return [
            .buildCommand(
                displayName: "Recording the git commit",
                executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", script, "sh", root.path, output.path],
                inputFiles: sources + head,
                outputFiles: [output])
        ]
    }
}
