// swift-tools-version: 6.1
import PackageDescription

// The layers, lowest first; imports point down only (docs/architecture.md).
let package = Package(
    name: "mesolith",
    products: [
        .library(name: "MesolithKit", targets: ["Models", "Materials", "TimeIntegration", "FiniteElements", "LinearAlgebra", "Quantities"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        // Ground
        .systemLibrary(
            name: "CLAPACK", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev", "libopenblas-dev"])]),
        .target(name: "Quantities"),
        // Mathematics
        .target(name: "LinearAlgebra"),
        .target(name: "FiniteElements", dependencies: ["LinearAlgebra"]),
        .target(name: "TimeIntegration"),
        // Physics
        .target(name: "Materials", dependencies: ["LinearAlgebra", "Quantities"]),
        .target(name: "Models", dependencies: ["FiniteElements", "Materials", "TimeIntegration"]),
        .testTarget(name: "ModelsTests", dependencies: ["Models"]),
    ],
    swiftLanguageModes: [.v6]
)
