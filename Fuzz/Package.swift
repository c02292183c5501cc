// swift-tools-version: 6.2
import PackageDescription

// What reads files that anybody may have written, under libFuzzer; a package of its own, because all of it is built with
// `--sanitize fuzzer` (scripts/fuzz).
let package = Package(
    name: "mesolith-fuzz",
    dependencies: [.package(name: "mesolith", path: "..")],
    targets: [
        .executableTarget(name: "fuzz", dependencies: [.product(name: "MesolithReaders", package: "mesolith")])
    ],
    swiftLanguageModes: [.v6]
)
