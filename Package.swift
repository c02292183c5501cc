// swift-tools-version: 6.2
import PackageDescription

// The layers, lowest first; imports point down only (docs/architecture.md).
let package = Package(
    name: "mesolith",
    products: [
        .executable(name: "mesolith", targets: ["mesolith"]),
        .library(name: "CLAPACK", targets: ["CLAPACK"]),
        .library(
            name: "MesolithKit",
            targets: [
                "Studies", "Cases", "Models", "Materials", "TimeIntegration", "FiniteElements", "SparseSolvers",
                "LinearAlgebra", "Quantities",
            ]),
        .library(
            name: "MesolithReaders",
            targets: ["Cases", "Checkpoints", "FieldIO", "Formulas", "Materials", "Models", "Quantities"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        // Ground
        .systemLibrary(
            name: "CLAPACK", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev", "libopenblas-dev"])]),
        .target(
            name: "CMumps",
            linkerSettings: [
                .linkedLibrary("dmumps_seq"), .linkedLibrary("mpiseq_seq"), .linkedLibrary("blas"),
            ]),
        .target(name: "Quantities"),
        .target(name: "Checkpoints"),
        .target(name: "SystemFiles"),
        .target(name: "CProcess"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CHDF5System", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"])]),
        .target(name: "CHDF5", dependencies: ["CHDF5System"]),
        // Mathematics
        .target(name: "LinearAlgebra"),
        .target(name: "SparseSolvers", dependencies: ["CMumps", "LinearAlgebra"]),
        .target(name: "FiniteElements", dependencies: ["LinearAlgebra"]),
        .target(name: "TimeIntegration", dependencies: ["Checkpoints"]),
        .target(name: "Formulas", dependencies: ["LinearAlgebra"]),
        // Physics
        .target(
            name: "Materials", dependencies: ["Formulas", "LinearAlgebra", "Quantities", "SystemFiles"],
            resources: [.embedInCode("Library")]),
        .target(
            name: "Models",
            dependencies: ["Checkpoints", "FiniteElements", "Materials", "SparseSolvers", "TimeIntegration"]),
        // Runs
        .target(
            name: "FieldIO",
            dependencies: ["CHDF5", "CHDF5System", "COpenSSL", "Checkpoints", "Quantities", "SystemFiles"]),
        .plugin(name: "BuildStamp", capability: .buildTool()),
        .target(name: "BuildInfo", plugins: ["BuildStamp"]),
        .target(
            name: "Cases",
            dependencies: [
                "BuildInfo", "Checkpoints", "FieldIO", "Formulas", "LinearAlgebra", "Materials", "Models", "Quantities",
                "SystemFiles", "TimeIntegration",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Studies",
            dependencies: ["BuildInfo", "CProcess", "Cases", "FieldIO", "Models", "Quantities", "SystemFiles"]),
        // Face
        .executableTarget(
            name: "mesolith",
            dependencies: [
                "BuildInfo", "Cases", "FieldIO", "Materials", "Models", "Quantities", "Studies", "SystemFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "QuantitiesTests", dependencies: ["Quantities", "TestSupport"]),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["CLAPACK", "LinearAlgebra", "TestSupport"]),
        .testTarget(
            name: "SparseSolversTests",
            dependencies: ["CLAPACK", "FiniteElements", "LinearAlgebra", "SparseSolvers", "TestSupport"]),
        .testTarget(
            name: "FiniteElementsTests", dependencies: ["CLAPACK", "FiniteElements", "LinearAlgebra", "TestSupport"]),
        .testTarget(
            name: "CoupledFieldTests",
            dependencies: [
                "Checkpoints", "FiniteElements", "LinearAlgebra", "Materials", "Models", "Quantities", "SparseSolvers",
                "TestSupport", "TimeIntegration",
            ]),
        .testTarget(name: "CheckpointsTests", dependencies: ["Checkpoints", "TestSupport"]),
        .testTarget(name: "TimeIntegrationTests", dependencies: ["Checkpoints", "TestSupport", "TimeIntegration"]),
        .testTarget(name: "FormulasTests", dependencies: ["Formulas", "LinearAlgebra", "TestSupport"]),
        .testTarget(
            name: "MaterialsTests",
            dependencies: ["Formulas", "LinearAlgebra", "Materials", "Quantities", "TestSupport"]),
        .testTarget(
            name: "ModelsTests",
            dependencies: [
                "Checkpoints", "FiniteElements", "Formulas", "LinearAlgebra", "Materials", "Models", "TestSupport",
                "TimeIntegration",
            ]),
        .testTarget(name: "CasesTests", dependencies: ["Cases", "Materials", "Models", "Quantities", "TestSupport"]),
        .testTarget(
            name: "StudiesTests",
            dependencies: ["Cases", "FieldIO", "Models", "Quantities", "Studies", "SystemFiles", "TestSupport"]),
        .testTarget(name: "CommandTests", dependencies: ["Cases", "FieldIO", "TestSupport", "mesolith"]),
        .testTarget(
            name: "FieldIOTests",
            dependencies: ["Checkpoints", "FieldIO", "Quantities", "SystemFiles", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
