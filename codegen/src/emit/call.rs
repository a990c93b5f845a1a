//! The type `Call`.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn items(blocking: bool) -> Vec<TokenStream> {
    let blocking = if blocking {
        quote! {
            /// Sends the call and waits for it on this thread; an error inside an asynchronous task.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> Result<Response<O::Output>, Error<O::Error>> {
                self.client.send_blocking(&self.operation, self.options)
            }
        }
    } else {
        TokenStream::new()
    };
    vec![
        quote! {
            /// A call that is ready to go: `.await` it for the body, `.send().await` it for the status and headers too.
            #[derive(Clone, Debug)]
            #[must_use = "a call does nothing until it is awaited"]
            pub struct Call<O> {
                client: rt::Client,
                operation: O,
                options: rt::CallOptions,
            }
        },
        quote! {
            impl<O: rt::Operation> Call<O> {
                /// The most that this call may take as a whole, with its retries and the waits between them.
                pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                    self.options.timeout(timeout);
                    self
                }
                /// The most that one attempt may take, from the first byte sent to the last byte read.
                pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
                    self.options.attempt_timeout(timeout);
                    self
                }
                /// The most that connecting may take.
                pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                    self.options.connect_timeout(timeout);
                    self
                }
                /// How often the call may be sent; 1 turns retries off.
                pub fn attempts(mut self, attempts: u32) -> Self {
                    self.options.attempts(attempts);
                    self
                }
                /// Adds a header; a name or a value that HTTP does not allow is an error once the call is sent.
                pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
                    self.options.header(name, value.into());
                    self
                }
                /// The operation with its arguments.
                pub fn operation(&self) -> &O {
                    &self.operation
                }
                /// Sends the call, and gives the body with status and headers.
                pub async fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
                    self.client.send(&self.operation, self.options).await
                }
                /// Sends the call, asks for this media type in place of the usual one, and gives the body as it came.
                pub async fn send_for(self, media: &str) -> Result<Response<rt::Bytes>, Error<O::Error>> {
                    self.client.send_for(&self.operation, self.options, media).await
                }
                #blocking
            }
        },
        quote! {
            impl<O: rt::Repeatable> Call<O> {
                /// Lets the call be sent again after a failure that may have come too late: the server may do twice
                /// what it asks. Calls that only read are sent again anyway.
                pub fn repeatable(mut self) -> Self {
                    self.options.repeatable();
                    self
                }
            }
        },
        quote! {
            impl<O: rt::Operation> IntoFuture for Call<O> {
                type Output = Result<O::Output, Error<O::Error>>;
                type IntoFuture = rt::Pending<O::Output, O::Error>;
                fn into_future(self) -> Self::IntoFuture {
                    self.client.body(&self.operation, self.options)
                }
            }
        },
    ]
}
