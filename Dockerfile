# Built by GitHub on every run of the action. Nothing here needs BuildKit.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY policies policies
# One static binary, and the certificates to trust, laid out as the final image. `scripts/run-action` runs this command too.
# Cargo needs the target by name, or the flags would also reach build scripts and procedural macros.
RUN target="$(rustc -vV | sed -n 's/^host: //p')" \
 && RUSTFLAGS='-C target-feature=+crt-static' cargo build --locked --release --bin planseal --target "$target" \
 && mkdir -p target/rootfs/etc/ssl/certs \
 && cp "target/$target/release/planseal" target/rootfs/planseal \
 && cp /etc/ssl/certs/ca-certificates.crt target/rootfs/etc/ssl/certs/

# No USER: the runner's files belong to another user, and only root may write them. No WORKDIR: the runner sets it.
FROM scratch
COPY --from=build /src/target/rootfs/ /
ENTRYPOINT ["/planseal", "action"]
